import type { SensorDataset } from '@i-drill/core';
import { makeBitRuns, writeUnitTable } from '@i-drill/datasets';
import { readEvidence, type ModelVersion } from '@i-drill/registry';
import type { ModelType } from '@i-drill/training';
import {
  examOf,
  openVersion,
  score,
  trivialBaseline,
  type PipelineOutcome,
  type RetrainingCheck,
} from '@i-drill/workflows';
import type { MonitoringReport } from '@i-drill/monitoring';
import { deploymentLines } from '../commands/deploy.js';
import type { CommandContext } from '../context.js';
import { deployStep } from '../steps/deploy-step.js';
import { monitoringLines, monitorStep } from '../steps/monitor-step.js';
import { pipelineStep } from '../steps/pipeline-step.js';
import { retrainingLines, retrainStep } from '../steps/retrain-step.js';
import { retrainVersion } from '../steps/retrain-version.js';
import { rigStreams, sendOnce } from '../traffic.js';
import { dataPlan } from '../wiring/data-plan.js';

/** What the demonstration showed. */
export interface DemoResult {
  /** Every station of the loop was reached, the last one with a second version in service. */
  readonly isComplete: boolean;
  readonly lines: readonly string[];
  readonly stations: Readonly<Record<string, unknown>>;
}

const requestsPerSecond = 120;
const arrivedRuns = 120;
/** Seeds of the rigs that come after training: none of them is in the training data. */
const seeds = { live: 1001, shifted: 2002, arrived: 3003, later: 4004 } as const;

/** What the demonstration trains. */
export interface DemoOptions {
  readonly modelName: string;
  readonly modelType: ModelType;
  readonly signal: AbortSignal;
}

/** Turns the loop twice on simulated bit runs: a first version, a shifted stream, a second version. */
export async function runDemo(
  context: CommandContext,
  { modelName, modelType, signal }: DemoOptions,
): Promise<DemoResult> {
  const startedAt = context.ports.clock.now();
  const plan = dataPlan(context.config, { dataset: 'bit-runs', modelType });
  const { outcome, url } = await pipelineStep(context, {
    modelType,
    modelName,
    plan,
    requestsPerSecond,
    signal,
  });
  const { version, runId } = outcome.trained;
  if (outcome.stopped !== undefined || url === undefined) return incomplete(outcome);

  const service = { url, version };
  const live = await watch(context, service, { name: 'rigs as in training', rigs: liveRuns(context, 'live', 'none') });
  const shifted = await watch(context, service, {
    name: 'rigs in abrasive rock',
    rigs: liveRuns(context, 'shifted', 'abrasive-formation'),
  });
  await letLabelsArrive(context);
  const check = await decide(context, version, shifted);
  const second = check.decision.decision === 'retrain' ? await retrainAndDeploy(context, version, signal) : undefined;
  const versions = second === undefined ? [version] : [version, second.version];
  const seconds = (context.ports.clock.now() - startedAt) / 1000;
  return {
    isComplete: second?.isPromoted === true,
    lines: [
      ...summary(live, shifted, check),
      ...(await compare(context, versions)),
      ...whereToLook(context, { modelName, runId, seconds }),
    ],
    stations: {
      versions: versions.map((each) => each.version),
      liveHealth: live.status,
      shiftedHealth: shifted.status,
      decision: check.decision.decision,
      seconds,
    },
  };
}

function incomplete({ stopped }: PipelineOutcome): DemoResult {
  const line = stopped === undefined ? 'stopped: no service runs' : `stopped at ${stopped.step}: ${stopped.reason}`;
  return { isComplete: false, lines: [line], stations: {} };
}

async function decide(
  context: CommandContext,
  production: ModelVersion,
  monitoring: MonitoringReport,
): Promise<RetrainingCheck> {
  context.output.progress('\n== retrain?');
  const check = await retrainStep(context, { production, monitoring });
  for (const line of retrainingLines(check)) context.output.progress(line);
  return check;
}

type Shift = 'none' | 'abrasive-formation';

function liveRuns({ config }: CommandContext, seed: keyof typeof seeds, shift: Shift, count = 24): SensorDataset {
  const { formation, interval_minutes: intervalMinutes } = config.data.bit_runs;
  return makeBitRuns({ count, seed: seeds[seed], formation, intervalMinutes, shift });
}

/** A version in service. */
interface Service {
  readonly url: string;
  readonly version: ModelVersion;
}

/** Rigs that send what their sensors read. */
interface Stream {
  readonly name: string;
  readonly rigs: SensorDataset;
}

/** Sends the rigs' windows through the service, then checks just that time window. */
async function watch(context: CommandContext, { url, version }: Service, stream: Stream): Promise<MonitoringReport> {
  const { output, ports, config } = context;
  output.progress(`\n== monitor: ${stream.name}`);
  const fromMs = ports.clock.now();
  const streams = rigStreams(stream.rigs, readEvidence(version).preprocessing.windowLength);
  const sent = await sendOnce(url, streams);
  await ports.clock.sleep(2 * config.monitoring.prediction_log.flush_interval_ms);
  output.progress(`${sent.sent} windows of ${streams.length} rigs sent, ${sent.failed} failed`);
  const report = await monitorStep(context, version, { fromMs, toMs: ports.clock.now() });
  for (const line of monitoringLines(report)) output.progress(line);
  return report;
}

/** The worn-out bits of the shifted rigs are pulled: now their remaining lives are known. */
async function letLabelsArrive(context: CommandContext): Promise<void> {
  const path = context.config.retraining.conditions.data_availability.data_path;
  const arrived = liveRuns(context, 'arrived', 'abrasive-formation', arrivedRuns);
  await writeUnitTable(path, arrived);
  context.output.progress(`\n== labels arrive: ${arrived.segments.length} bit runs in ${path}`);
}

async function retrainAndDeploy(
  context: CommandContext,
  production: ModelVersion,
  signal: AbortSignal,
): Promise<{ version: ModelVersion; isPromoted: boolean }> {
  context.output.progress('\n== retrain');
  const { validated } = await retrainVersion(context, production, { signal });
  const { version } = validated;
  if (!validated.promoted) return { version, isPromoted: false };
  context.output.progress('\n== deploy the new version beside the old one');
  const rigs = liveRuns(context, 'later', 'abrasive-formation');
  const { windowLength } = readEvidence(version).preprocessing;
  const step = await deployStep(context, {
    version,
    promoteToProduction: true,
    signal,
    traffic: { rigs: rigStreams(rigs, windowLength), requestsPerSecond },
  });
  for (const line of deploymentLines(step, `version ${version.version}`)) context.output.progress(line);
  return { version, isPromoted: step.promotion !== undefined };
}

/** Mean absolute error of each version on shifted rigs that neither has seen. */
async function compare(context: CommandContext, versions: readonly ModelVersion[]): Promise<string[]> {
  const rigs = liveRuns(context, 'later', 'abrasive-formation');
  const lines: string[] = [];
  for (const version of versions) {
    const open = await openVersion(context.ports, version);
    const exam = examOf(rigs, open.evidence.preprocessing);
    const predictions = await open.model.predict(exam.windows.inputs, exam.windows.count);
    await open.model.close();
    const { metrics } = score(exam, predictions, trivialBaseline(rigs));
    lines.push(
      `version ${version.version}: mean absolute error ${(metrics['mae'] ?? Number.NaN).toFixed(3)} ${exam.targetUnit} on ${exam.windows.count} rows of shifted rigs neither version has seen`,
    );
  }
  return lines;
}

function summary(live: MonitoringReport, shifted: MonitoringReport, { decision }: RetrainingCheck): string[] {
  const seen = `rigs as in training: ${live.status}; rigs in abrasive rock: ${shifted.status}`;
  return ['', `${seen}; decision: ${decision.decision}`];
}

function whereToLook(
  { config, store }: CommandContext,
  { modelName, runId, seconds }: { modelName: string; runId: string; seconds: number },
): string[] {
  const flags = `--config config/profiles/demo.yaml --model-name ${modelName}`;
  return [
    '',
    `runs, models and reports: ${store.trackingUri} (first run ${runId}, its report below artifacts/validation/)`,
    `journals of the rollouts and prediction log: ${config.deployment.state_directory}/${modelName}`,
    `look: npx i-drill status ${flags}`,
    `serve it again: npx i-drill serve ${flags}`,
    `all of this took ${seconds.toFixed(0)} s`,
  ];
}
