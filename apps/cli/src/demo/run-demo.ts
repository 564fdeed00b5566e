import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SensorDataset } from '@i-drill/core';
import { makeBitRuns, writeUnitTable } from '@i-drill/datasets';
import { readEvidence, type ModelVersion } from '@i-drill/registry';
import { openVersion, examOf, score, trivialBaseline, type RetrainingCheck } from '@i-drill/workflows';
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

/** Turns the loop twice on simulated bit runs: a first version, a shifted stream, a second version. */
export async function runDemo(context: CommandContext, modelName: string): Promise<DemoResult> {
  const { output, ports, config } = context;
  const startedAt = ports.clock.now();
  await clearFormerDemo(context);
  const first = await pipelineStep(context, {
    modelType: 'lstm',
    modelName,
    plan: dataPlan(config, { dataset: 'bit-runs' }),
    requestsPerSecond,
  });
  const { trained, deployed, stopped } = first.outcome;
  if (deployed === undefined || first.url === undefined || stopped !== undefined) {
    return {
      isComplete: false,
      lines: [`stopped at ${stopped?.step ?? 'deploy'}: ${stopped?.reason ?? ''}`],
      stations: {},
    };
  }
  const live = await watch(
    context,
    trained.version,
    first.url,
    'rigs as in training',
    liveRuns(config, 'live', 'none'),
  );
  const shifted = await watch(
    context,
    trained.version,
    first.url,
    'rigs in abrasive rock',
    liveRuns(config, 'shifted', 'abrasive-formation'),
  );
  await letLabelsArrive(context);
  output.progress('\n== retrain?');
  const check = await retrainStep(context, { production: trained.version, monitoring: shifted });
  for (const line of retrainingLines(check)) output.progress(line);
  const second = check.decision.decision === 'retrain' ? await retrainAndDeploy(context, trained.version) : undefined;
  const comparison = second === undefined ? [] : await compare(context, [trained.version, second.version]);
  const seconds = (ports.clock.now() - startedAt) / 1000;
  return {
    isComplete: second?.isPromoted === true,
    lines: [...summary(live, shifted, check, comparison), ...whereToLook(context, modelName, trained.runId, seconds)],
    stations: {
      firstVersion: trained.version.version,
      liveHealth: live.status,
      shiftedHealth: shifted.status,
      decision: check.decision.decision,
      secondVersion: second?.version.version ?? null,
      seconds,
    },
  };
}

async function clearFormerDemo({ config, trackingUri }: CommandContext): Promise<void> {
  const folder = config.deployment.state_directory;
  if (trackingUri.startsWith('file:')) await rm(trackingUri.slice('file:'.length), { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

type Shift = 'none' | 'abrasive-formation';

function liveRuns(config: CommandContext['config'], seed: keyof typeof seeds, shift: Shift, count = 24): SensorDataset {
  const { formation, interval_minutes: intervalMinutes } = config.data.bit_runs;
  return makeBitRuns({ count, seed: seeds[seed], formation, intervalMinutes, shift });
}

/** Sends the rigs' windows through the service, then checks just that time window. */
async function watch(
  context: CommandContext,
  version: ModelVersion,
  url: string,
  what: string,
  rigs: SensorDataset,
): Promise<MonitoringReport> {
  const { output, ports } = context;
  output.progress(`\n== monitor: ${what}`);
  const fromMs = ports.clock.now();
  const { windowLength } = readEvidence(version).preprocessing;
  const sent = await sendOnce(url, rigStreams(rigs, windowLength));
  await ports.clock.sleep(2 * context.config.monitoring.prediction_log.flush_interval_ms);
  output.progress(
    `${sent.sent} windows of ${new Set(rigs.segments.map((s) => s.unit)).size} rigs sent, ${sent.failed} failed`,
  );
  const report = await monitorStep(context, version, { fromMs, toMs: ports.clock.now() });
  for (const line of monitoringLines(report)) output.progress(line);
  return report;
}

/** The worn-out bits of the shifted rigs are pulled: now their remaining lives are known. */
async function letLabelsArrive(context: CommandContext): Promise<void> {
  const path = context.config.retraining.conditions.data_availability.data_path;
  const arrived = liveRuns(context.config, 'arrived', 'abrasive-formation', arrivedRuns);
  await writeUnitTable(path, arrived);
  context.output.progress(`\n== labels arrive: ${arrived.segments.length} bit runs in ${path}`);
}

async function retrainAndDeploy(
  context: CommandContext,
  production: ModelVersion,
): Promise<{ version: ModelVersion; isPromoted: boolean }> {
  context.output.progress('\n== retrain');
  const { validated } = await retrainVersion(context, production);
  const { version } = validated;
  if (!validated.promoted) return { version, isPromoted: false };
  context.output.progress('\n== deploy the new version beside the old one');
  const rigs = liveRuns(context.config, 'later', 'abrasive-formation');
  const { windowLength } = readEvidence(version).preprocessing;
  const step = await deployStep(context, {
    version,
    promoteToProduction: true,
    traffic: { rigs: rigStreams(rigs, windowLength), requestsPerSecond },
  });
  for (const line of deploymentLines(step, `version ${version.version}`)) context.output.progress(line);
  return { version, isPromoted: step.promotion !== undefined };
}

/** Mean absolute error of each version on shifted rigs that neither has seen. */
async function compare(context: CommandContext, versions: readonly ModelVersion[]): Promise<string[]> {
  const rigs = liveRuns(context.config, 'later', 'abrasive-formation');
  const lines: string[] = [];
  for (const version of versions) {
    const open = await openVersion(context.ports, version);
    const exam = examOf(rigs, { windowLength: open.evidence.preprocessing.windowLength });
    const predictions = await open.model.predict(exam.windows.inputs, exam.windows.count);
    await open.model.close();
    const { metrics } = score(exam, predictions, trivialBaseline(rigs));
    lines.push(
      `version ${version.version}: mean absolute error ${(metrics['mae'] ?? Number.NaN).toFixed(3)} ${exam.targetUnit} on ${exam.windows.count} rows of shifted rigs neither version has seen`,
    );
  }
  return lines;
}

function summary(
  live: MonitoringReport,
  shifted: MonitoringReport,
  check: RetrainingCheck,
  comparison: readonly string[],
): string[] {
  return [
    '',
    `rigs as in training: ${live.status}; rigs in abrasive rock: ${shifted.status}; decision: ${check.decision.decision}`,
    ...comparison,
  ];
}

function whereToLook(
  { config, trackingUri }: CommandContext,
  modelName: string,
  runId: string,
  seconds: number,
): string[] {
  const profile = '--config config/profiles/demo.yaml';
  const state = config.deployment.state_directory;
  return [
    '',
    `runs, models and reports: ${trackingUri} (first run ${runId}, its report below validation/)`,
    `journals of the rollouts and prediction log: ${dirname(`${state}/x`)}/${modelName}`,
    `look: npx i-drill status ${profile} --model-name ${modelName}`,
    `serve it again: npx i-drill serve ${profile} --model-name ${modelName}`,
    `all of this took ${seconds.toFixed(0)} s`,
  ];
}
