import { appendFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { smokeTestPlan, type RolloutJournalEntry, type SmokeTest } from '@i-drill/deployment';
import { readEvidence, type ModelVersion } from '@i-drill/registry';
import { createProcessTarget, type ProcessTarget } from '@i-drill/targets';
import type { CommandContext } from '../context.js';
import { systemClock } from './system-clock.js';

/** Folder with everything that belongs to one model's service in one environment. */
function serviceFolder({ config }: CommandContext, modelName: string): string {
  return join(config.deployment.state_directory, modelName);
}

/** Where the model servers write what they predicted. */
export function predictionLogFolder(context: CommandContext, modelName: string): string {
  return join(serviceFolder(context, modelName), context.config.deployment.environment, 'predictions');
}

/** Where model servers keep what they downloaded. */
export function modelCacheFolder({ config }: CommandContext): string {
  return join(config.deployment.state_directory, 'models');
}

/** The service of one model: router and model servers as local processes. */
export function openService(
  context: CommandContext,
  modelName: string,
  smokeTests: readonly SmokeTest[],
): ProcessTarget {
  const { config, trackingUri, output } = context;
  const { deployment, monitoring } = config;
  return createProcessTarget({
    stateDirectory: serviceFolder(context, modelName),
    environment: deployment.environment,
    modelName,
    trackingUri,
    serverCommand: modelServerCommand([
      'serve',
      '--environment',
      deployment.environment,
      '--log-batch',
      String(monitoring.prediction_log.max_batch_records),
      '--log-interval-ms',
      String(monitoring.prediction_log.flush_interval_ms),
      '--cache-dir',
      modelCacheFolder(context),
    ]),
    routerCommand: modelServerCommand(['route']),
    publicPort: deployment.server.port,
    publicHost: deployment.server.host,
    healthPath: deployment.health_checks.endpoint,
    predictionLogDirectory: predictionLogFolder(context, modelName),
    smokeTests,
    clock: systemClock,
    logger: output.logger,
    env: process.env,
  });
}

/** The command that runs the model server's program. */
export function modelServerCommand(args: readonly string[]): { command: string; args: readonly string[] } {
  const manifest = createRequire(import.meta.url).resolve('@i-drill/model-server/package.json');
  return { command: process.execPath, args: [join(manifest, '../bin/i-drill-model-server.mjs'), ...args] };
}

/** The smoke tests of a version: its health, its own input example, and a request it must refuse. */
export async function smokeTestsOf(context: CommandContext, version: ModelVersion): Promise<SmokeTest[]> {
  const { signature, preprocessing } = readEvidence(version);
  const content = await context.store.downloadArtifact(version.runId, 'model/input_example.json');
  const example = JSON.parse(new TextDecoder().decode(content)) as Readonly<Record<string, number[][][]>>;
  const input = signature.inputs[0]?.name ?? '';
  return smokeTestPlan(signature, preprocessing, example[input]?.[0] ?? []);
}

/** A journal file for one rollout. */
export async function openJournal(
  context: CommandContext,
  version: ModelVersion,
): Promise<{ path: string; append(entry: RolloutJournalEntry): Promise<void> }> {
  const folder = join(serviceFolder(context, version.name), context.config.deployment.environment, 'rollouts');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${systemClock.now()}-v${version.version}.jsonl`);
  return { path, append: (entry) => appendFile(path, `${JSON.stringify(entry)}\n`) };
}
