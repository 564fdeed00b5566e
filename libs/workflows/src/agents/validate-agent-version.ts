import type { CheckResult, Consequences, Rng } from '@i-drill/core';
import {
  drillersRule,
  drillingAction,
  runWells,
  runWellsAsync,
  wellFigures,
  type DrillingOptions,
  type WellFigures,
  type WellResult,
} from '@i-drill/drilling';
import { readAgentEvidence, type ModelVersion } from '@i-drill/registry';
import {
  checkActions,
  checkBaseline,
  checkExport,
  checkViolations,
  giveVerdict,
  type ActionRecord,
  type Verdict,
} from '@i-drill/validation';
import { WorkflowError } from '../errors.js';
import { modelFolder } from '../model-artifact.js';
import { exportDifferenceMetric } from '../outcome-log.js';
import { promoteToStaging, storeVerdict } from '../validate-version.js';
import type { AgentPorts, RunnablePolicy } from './agent-ports.js';
import { wellSeeds, type DrillingScenario, type WellRange } from './drilling-scenario.js';

/** What an agent is held against. */
export interface AgentValidationSettings {
  /** Least mean return in its own wells, thousands of USD; absent: not checked. */
  readonly meanReward?: number;
  readonly consequences: Consequences;
  /** Exceeded limits per 1000 m that are allowed in any case. */
  readonly maxViolations: number;
  readonly export: { readonly tolerance: number; readonly consequences: Consequences };
  /** Wells of a scenario. */
  readonly wells: number;
}

/** One validation of an agent. */
export interface ValidateAgentRequest {
  readonly version: ModelVersion;
  /** The version in Production, for comparison in the same wells; absent where there is none. */
  readonly champion?: ModelVersion;
  readonly settings: AgentValidationSettings;
  readonly rng: Rng;
  readonly who: string;
}

/** The verdict and where it is kept. */
export interface ValidatedAgent {
  readonly version: ModelVersion;
  readonly verdict: Verdict;
  /** In its own wells. */
  readonly figures: WellFigures;
  readonly reportPath: string;
  readonly promoted: boolean;
}

/** One of the worlds an agent is tried in. */
interface TrialScenario {
  readonly name: string;
  readonly options: DrillingOptions;
  /** Whether it is what the agent was trained for: elsewhere, a failure is reported and does not block. */
  readonly isOwn: boolean;
}

const longestRun = 4000;
const reported: Consequences = { failed: 'warn', inconclusive: 'warn', error: 'block' };

/**
 * Judges the served file of an agent: in its own wells with realistic and with perfect sensors, and in those of the other presets. In
 * each, set-points must be numbers within bounds, limits exceeded no more often than allowed, and the cost per metre below that of
 * the driller's rule in the same wells; in its own, below that of the version in Production too. Stores the verdict and moves
 * the version to Staging if, and only if, it passed.
 */
export async function validateAgentVersion(ports: AgentPorts, request: ValidateAgentRequest): Promise<ValidatedAgent> {
  const scenario = await readScenario(ports, request.version);
  const agent = await openAgent(ports, request.version);
  const champion = request.champion === undefined ? undefined : await openAgent(ports, request.champion);
  try {
    const trials = await Promise.all(
      scenariosOf(scenario).map((trial) => tryAgent({ agent, trial, scenario, request })),
    );
    const own = trials[0]!;
    const checks = [
      ...trials.flatMap((trial) => trial.checks),
      ...rewardCheck(own.figures, request.settings),
      ...(champion === undefined ? [] : [await championCheck(champion, { scenario, own: own.wells, request })]),
      await exportCheck(ports, request),
    ];
    const { name, version } = request.version;
    const verdict = giveVerdict({
      model: { name, version },
      checks,
      at: ports.clock.now(),
      dataFingerprint: readAgentEvidence(request.version).dataFingerprint,
      modelDigest: readAgentEvidence(request.version).digest,
    });
    const reportPath = await storeVerdict(ports, request.version, verdict);
    const promoted = verdict.status === 'passed' && (await promoteToStaging(ports, request, verdict));
    const judged = await ports.store.getModelVersion(name, version);
    return { version: judged, verdict, figures: own.figures, reportPath, promoted };
  } finally {
    await agent.close();
    await champion?.close();
  }
}

function scenariosOf({ preset }: DrillingScenario): TrialScenario[] {
  const others = (['soft', 'mixed', 'hard'] as const).filter((other) => other !== preset);
  return [
    { name: preset, options: { preset, maxSteps: longestRun }, isOwn: true },
    { name: `${preset}-ideal-sensors`, options: { preset, sensors: 'ideal', maxSteps: longestRun }, isOwn: true },
    ...others.map((other) => ({ name: other, options: { preset: other, maxSteps: longestRun }, isOwn: false })),
  ];
}

async function readScenario(ports: AgentPorts, version: ModelVersion): Promise<DrillingScenario> {
  const text = ports.decodeText(await download(ports, version, 'scenario.json'));
  return JSON.parse(text) as DrillingScenario;
}

/** The policy of a version, refused where the file is not the one that was registered. */
async function openAgent(ports: AgentPorts, version: ModelVersion): Promise<RunnablePolicy> {
  const { digest } = readAgentEvidence(version);
  const onnx = await download(ports, version, 'model.onnx');
  const found = ports.sha256(onnx);
  if (found === digest) return ports.policies.openPolicy(onnx);
  throw new WorkflowError(
    `Cannot use ${version.name} version ${version.version}: its file has SHA-256 ${found}, registered was ${digest}; ` +
      'restore the artifact, or train and register again',
    { code: 'WORKFLOW_DIGEST_MISMATCH', details: { found, registered: digest } },
  );
}

async function download({ store }: AgentPorts, version: ModelVersion, file: string): Promise<Uint8Array> {
  const path = `${modelFolder}/${file}`;
  try {
    return await store.downloadArtifact(version.runId, path);
  } catch (cause) {
    throw new WorkflowError(
      `Cannot use ${version.name} version ${version.version}: artifact "${path}" of run ${version.runId} cannot be read; check the artifact store`,
      { code: 'WORKFLOW_ARTIFACT_UNREADABLE', details: { path, runId: version.runId }, cause },
    );
  }
}

interface Trial {
  readonly agent: RunnablePolicy;
  readonly trial: TrialScenario;
  readonly scenario: DrillingScenario;
  readonly request: ValidateAgentRequest;
}

interface TriedAgent {
  readonly checks: CheckResult[];
  readonly figures: WellFigures;
  readonly wells: readonly WellResult[];
}

async function tryAgent({ agent, trial, scenario, request: { settings, rng } }: Trial): Promise<TriedAgent> {
  const { name, options, isOwn } = trial;
  const seeds = wellSeeds(validationWells(scenario, settings.wells));
  const actions = { actions: 0, notFinite: 0, outside: 0 };
  const wells = await runWellsAsync(options, seeds, async (observations) => {
    const chosen = await agent.act(observations, seeds.length);
    watch(chosen, actions);
    return chosen.map((value) => (Number.isFinite(value) ? value : 0)); // counted above; the rig stands still
  });
  const driller = runWells(options, seeds, drillersRule().start(seeds.length));
  const [figures, reference] = [wellFigures(wells), wellFigures(driller)];
  const consequences = isOwn ? settings.consequences : reported;
  const violations = {
    agent: figures.violations.value,
    reference: reference.violations.value,
    limit: settings.maxViolations,
  };
  const gain = checkBaseline({
    name: `${name}.drillers-rule`,
    metric: 'cost per metre of a well [USD]',
    blockName: 'well',
    modelErrors: costs(wells),
    baselineErrors: costs(driller),
    minImprovement: 0,
    rng,
    consequences,
  });
  return {
    figures,
    wells,
    checks: [checkActions(name, actions, consequences), checkViolations(name, violations, consequences), gain],
  };
}

/** Beyond the wells of the test: no choice has seen them. */
function validationWells({ test }: DrillingScenario, count: number): WellRange {
  return { first: test.first + test.count, count };
}

function watch(chosen: Float32Array, record: { -readonly [K in keyof ActionRecord]: number }): void {
  chosen.forEach((value, i) => {
    const { low, high } = drillingAction[i % drillingAction.length]!;
    record.actions++;
    if (!Number.isFinite(value)) record.notFinite++;
    else if (value < low - 1e-3 || value > high + 1e-3) record.outside++;
  });
}

function costs(wells: readonly WellResult[]): number[] {
  return wells.map(({ cost, drilledM }) => cost / drilledM);
}

function rewardCheck(
  { meanReturn }: WellFigures,
  { meanReward, consequences }: AgentValidationSettings,
): CheckResult[] {
  if (meanReward === undefined) return [];
  const { low, high } = meanReturn.interval;
  const status = low >= meanReward ? 'passed' : high < meanReward ? 'failed' : 'inconclusive';
  return [
    {
      check: 'agent.mean-reward',
      status,
      reason: `mean return ${meanReturn.value.toFixed(2)} k$ (${low.toFixed(2)} to ${high.toFixed(2)}), limit >= ${meanReward}`,
      measurements: [{ name: 'mean return, k$', value: meanReturn.value, limit: `>= ${meanReward}` }],
      consequences,
    },
  ];
}

/** Against the version in Production, well by well; where neither is better, that is said and does not block. */
async function championCheck(
  champion: RunnablePolicy,
  {
    scenario,
    own,
    request: { settings, rng },
  }: { scenario: DrillingScenario; own: readonly WellResult[]; request: ValidateAgentRequest },
): Promise<CheckResult> {
  const seeds = wellSeeds(validationWells(scenario, settings.wells));
  const options = { preset: scenario.preset, maxSteps: longestRun };
  const wells = await runWellsAsync(options, seeds, (observations) => champion.act(observations, seeds.length));
  return checkBaseline({
    name: 'champion',
    metric: 'cost per metre of a well [USD]',
    blockName: 'well',
    modelErrors: costs(own),
    baselineErrors: costs(wells),
    minImprovement: 0,
    rng,
    consequences: { failed: 'block', inconclusive: 'warn', error: 'block' },
  });
}

async function exportCheck(ports: AgentPorts, { version, settings }: ValidateAgentRequest): Promise<CheckResult> {
  const { metrics } = await ports.store.getRun(version.runId);
  const difference = metrics[exportDifferenceMetric] ?? Number.NaN;
  return checkExport(difference, settings.export.tolerance, settings.export.consequences);
}
