import type { SensorDataset } from '@i-drill/core';
import type { MonitoringReport } from '@i-drill/monitoring';
import { promotionHistory, readEvidence, type ModelVersion } from '@i-drill/registry';
import {
  decideRetraining,
  type RetrainingDecision,
  type RetrainingSettings,
  type RetrainingState,
} from '@i-drill/retraining';
import { examMetrics } from './exam-metrics.js';
import { openVersion, type OpenVersion } from './model-artifact.js';
import type { LoopPorts } from './ports.js';
import { examOf, judgedUnits, type Exam } from './score.js';
import { rowsOf } from './training-log.js';

/** What the decision looks at. */
export interface RetrainRequest {
  readonly production?: ModelVersion;
  readonly settings: RetrainingSettings;
  /** The latest check of the version in service. */
  readonly monitoring?: MonitoringReport;
  /** Labelled data that came in since the version was trained. */
  readonly arrived?: SensorDataset;
  /** When the last retraining was started, ms since the Unix epoch. */
  readonly lastRetrainingAt?: number;
}

/** The decision, and how the version does on the labelled data that came in. */
export interface RetrainingCheck {
  readonly decision: RetrainingDecision;
  /** Of all labelled rows; used for the decision only where enough units came in. */
  readonly liveMetrics?: Readonly<Record<string, number>>;
  readonly newRows: number;
}

/** Gathers the state of the version in service and decides. */
export async function checkRetraining(ports: LoopPorts, request: RetrainRequest): Promise<RetrainingCheck> {
  const { production, arrived, settings } = request;
  const newRows = arrived === undefined ? 0 : rowsOf(arrived);
  const base = { now: ports.clock.now(), newRows, ...optionalState(request) };
  if (production === undefined) return { decision: decideRetraining(settings, base), newRows };
  const live = arrived === undefined ? undefined : await livePerformance(ports, production, arrived);
  const state: RetrainingState = {
    ...base,
    productionVersion: await describeProduction(ports, production),
    ...(live === undefined ? {} : { live }),
  };
  const decision = decideRetraining(settings, state);
  return { decision, newRows, ...(live === undefined ? {} : { liveMetrics: live.metrics }) };
}

function optionalState({ monitoring, lastRetrainingAt }: RetrainRequest): Partial<RetrainingState> {
  const drift = monitoring?.drift;
  return {
    ...(drift === undefined ? {} : { drift: { status: drift.status, share: drift.driftedShare } }),
    ...(lastRetrainingAt === undefined ? {} : { lastRetrainingAt }),
  };
}

async function describeProduction(
  ports: LoopPorts,
  version: ModelVersion,
): Promise<NonNullable<RetrainingState['productionVersion']>> {
  const history = await promotionHistory(ports.store, version.name);
  const promotions = history.filter((record) => record.version === version.version && record.to === 'Production');
  return {
    version: version.version,
    promotedAt: promotions.at(-1)?.when ?? version.creationTimestamp,
    validationMetrics: readEvidence(version).metrics,
  };
}

/** Fewer units with labels say nothing about the version, however many rows they have. */
const minimumUnits = 5;

type LivePerformance = NonNullable<RetrainingState['live']>;

/** The version on what came in, judged on the same rows of a unit as in its validation; `undefined` without a label. */
async function livePerformance(
  ports: LoopPorts,
  version: ModelVersion,
  arrived: SensorDataset,
): Promise<LivePerformance | undefined> {
  const open = await openVersion(ports, version);
  try {
    const exam = arrivalExam(open, arrived);
    const units = judgedUnits(exam);
    if (units < minimumUnits) {
      const found = `${units} units with labels came in; at least ${minimumUnits} are needed`;
      ports.logger.warn(`Cannot judge live performance: ${found}`, { units, minimumUnits });
    }
    if (units === 0) return undefined;
    const predictions = await open.model.predict(exam.windows.inputs, exam.windows.count);
    const metrics = examMetrics(exam, predictions);
    return { metrics, status: units < minimumUnits ? 'inconclusive' : 'passed' };
  } finally {
    await open.model.close();
  }
}

function arrivalExam({ evidence, recipe }: OpenVersion, arrived: SensorDataset): Exam {
  const judgedLikeVersion = { ...arrived, evaluateOn: recipe.evaluateOn ?? 'every-row' };
  return examOf(judgedLikeVersion, evidence.preprocessing);
}
