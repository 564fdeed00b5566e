import type { CheckResult, Consequences, SensorDataset, SplitDataset } from '@i-drill/core';
import { compareToReference, type DriftSettings } from '@i-drill/drift';
import type { Rng } from '@i-drill/core';
import { promoteVersion, recordVerdict, type ModelVersion } from '@i-drill/registry';
import {
  checkBaseline,
  checkDataQuality,
  checkDrift,
  checkExport,
  checkMetrics,
  giveVerdict,
  verdictToHtml,
  type DataQualityRules,
  type MetricThresholds,
  type Verdict,
} from '@i-drill/validation';
import { trivialBaseline, type Baseline } from './baselines.js';
import { consistencyChecks, predictThreeWays } from './consistency-checks.js';
import { WorkflowError } from './errors.js';
import { errorName, metricTask } from './exam-metrics.js';
import { exportDifferenceMetric } from './outcome-log.js';
import { openVersion, type OpenVersion } from './model-artifact.js';
import type { LoopPorts } from './ports.js';
import { examOf, score, type Score } from './score.js';

/** What a version is held against. A group that is left out is not checked. */
export interface ValidationSettings {
  readonly thresholds: { readonly limits: MetricThresholds; readonly consequences: Consequences };
  readonly dataQuality?: DataQualityRules;
  readonly drift?: { readonly settings: DriftSettings; readonly consequences: Consequences };
  readonly baseline: {
    /** Share by which the model must be better than the trivial answer, in [0, 1). */
    readonly minImprovement: number;
    readonly minUnits: number;
    readonly consequences: Consequences;
  };
  readonly consistency: Tolerance;
  readonly export: Tolerance;
}

/** A largest difference, and what exceeding it does. */
interface Tolerance {
  readonly tolerance: number;
  readonly consequences: Consequences;
}

/** One validation. */
export interface ValidateRequest {
  readonly version: ModelVersion;
  readonly data: SplitDataset;
  /** Fingerprint of the whole data set `data` was split from. */
  readonly dataFingerprint: string;
  readonly settings: ValidationSettings;
  readonly rng: Rng;
  readonly who: string;
}

/** The verdict and where it is kept. */
export interface ValidatedVersion {
  /** As it is in the registry after the verdict. */
  readonly version: ModelVersion;
  readonly verdict: Verdict;
  readonly score: Score;
  readonly baseline: string;
  /** Artifact path of the HTML report in the version's run. */
  readonly reportPath: string;
  readonly promoted: boolean;
}

/**
 * Judges a version on its test data, stores the verdict with it and moves it to Staging if, and only if, it passed.
 * A version that is in Production stays there.
 */
export async function validateVersion(ports: LoopPorts, request: ValidateRequest): Promise<ValidatedVersion> {
  const open = await openVersion(ports, request.version);
  try {
    refuseOtherData(open, request.dataFingerprint);
    const { verdict, marks, baseline } = await judge(ports, request, open);
    const reportPath = await storeVerdict(ports, request.version, verdict);
    const promoted = verdict.status === 'passed' && (await promoteToStaging(ports, request, verdict));
    const version = await ports.store.getModelVersion(request.version.name, request.version.version);
    return { version, verdict, score: marks, baseline: baseline.name, reportPath, promoted };
  } finally {
    await open.model.close();
  }
}

function refuseOtherData({ version, evidence }: OpenVersion, dataFingerprint: string): void {
  if (evidence.dataFingerprint === dataFingerprint) return;
  throw new WorkflowError(
    `Cannot validate ${version.name} version ${version.version}: the data have fingerprint ${dataFingerprint}, ` +
      `it was trained on ${evidence.dataFingerprint}; give the data of its run, or train a new version on these`,
    { code: 'WORKFLOW_DATA_CHANGED', details: { found: dataFingerprint, registered: evidence.dataFingerprint } },
  );
}

interface Judgement {
  readonly verdict: Verdict;
  readonly marks: Score;
  readonly baseline: Baseline;
}

async function judge(ports: LoopPorts, request: ValidateRequest, open: OpenVersion): Promise<Judgement> {
  const { data, settings } = request;
  const { preprocessing } = open.evidence;
  const exam = examOf(data.test, preprocessing);
  const runs = await predictThreeWays(open.model, exam.windows);
  const baseline = trivialBaseline(data.train, preprocessing.targetCap);
  const marks = score(exam, runs[0].prediction, baseline);
  const checks: CheckResult[] = [
    ...qualityChecks(data, settings),
    ...checkMetrics(marks.metrics, settings.thresholds.limits, metricTask(exam), {
      targetUnit: exam.targetUnit,
      consequences: settings.thresholds.consequences,
    }),
    checkBaseline({
      ...settings.baseline,
      name: baseline.name,
      metric: errorName(exam),
      modelErrors: marks.modelErrors,
      baselineErrors: marks.baselineErrors,
      blockName: marks.blockName,
      rng: request.rng,
    }),
    ...consistencyChecks(runs, settings.consistency),
    await exportCheck(ports, request),
    ...driftChecks(open, data.test, settings),
  ];
  const verdict = giveVerdict({
    model: { name: request.version.name, version: request.version.version },
    checks,
    at: ports.clock.now(),
    dataFingerprint: request.dataFingerprint,
    modelDigest: open.evidence.digest,
  });
  return { verdict, marks, baseline };
}

function qualityChecks(data: SplitDataset, settings: ValidationSettings): CheckResult[] {
  const rules = settings.dataQuality;
  if (rules === undefined) return [];
  return (['train', 'test'] as const).flatMap((part) =>
    checkDataQuality(data[part], rules).map((check) => ({ ...check, check: `${part}.${check.check}` })),
  );
}

/** The difference measured when the version was made; a run that does not know it is an error, not a pass. */
async function exportCheck(ports: LoopPorts, { version, settings }: ValidateRequest): Promise<CheckResult> {
  const { metrics } = await ports.store.getRun(version.runId);
  const difference = metrics[exportDifferenceMetric] ?? Number.NaN;
  return checkExport(difference, settings.export.tolerance, settings.export.consequences);
}

function driftChecks(open: OpenVersion, test: SensorDataset, settings: ValidationSettings): CheckResult[] {
  if (settings.drift === undefined) return [];
  const report = compareToReference(open.reference, test.segments, settings.drift.settings);
  return [checkDrift(report, settings.drift.consequences)];
}

/** Keeps a verdict with its report in the run of the version, and its outcome with the version. */
export async function storeVerdict(ports: LoopPorts, version: ModelVersion, verdict: Verdict): Promise<string> {
  const folder = `validation/${verdict.id}`;
  const reportPath = `${folder}/report.html`;
  await ports.store.uploadArtifact(version.runId, `${folder}/verdict.json`, `${JSON.stringify(verdict, null, 2)}\n`);
  await ports.store.uploadArtifact(version.runId, reportPath, verdictToHtml(verdict));
  await recordVerdict(
    ports.store,
    { name: version.name, version: version.version },
    { status: verdict.status, reportPath, at: verdict.at, verdictId: verdict.id },
  );
  return reportPath;
}

/** Moves a version that passed to Staging; one in Production stays there. */
export async function promoteToStaging(
  ports: LoopPorts,
  request: Pick<ValidateRequest, 'version' | 'who'>,
  verdict: Verdict,
): Promise<boolean> {
  const { name, version, currentStage } = request.version;
  if (currentStage === 'Production') return false; // judged again while it serves: Staging would be a step back
  await promoteVersion(
    ports.store,
    { name, version },
    { to: 'Staging', who: request.who, at: ports.clock.now(), why: `verdict ${verdict.id} passed` },
  );
  return true;
}
