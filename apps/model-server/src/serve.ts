import { rm } from 'node:fs/promises';
import { parseModelUri, readEvidence, resolveVersion } from '@i-drill/registry';
import {
  createModelServer,
  loadServedModel,
  openPredictionLog,
  type ArmRole,
  type PredictionLog,
  type ServedModel,
  type ServerIdentity,
} from '@i-drill/serving';
import { openMlflow } from 'mlflow-client-ts';
import { faultIn, withFault, type Fault } from './fault.js';
import { fetchModel } from './fetch-model.js';
import type { ProgramIo } from './program-io.js';

/** Flags of `serve`. */
export interface ServeOptions {
  readonly modelUri: string;
  readonly trackingUri: string;
  readonly host: string;
  readonly port: number;
  readonly arm: ArmRole;
  readonly environment: string;
  readonly logDir?: string;
  /** Most predictions between two writes of the log. */
  readonly logBatch: number;
  /** Longest pause between two writes of the log, ms. */
  readonly logIntervalMs: number;
  readonly cacheDir: string;
}

interface OpenedVersion {
  readonly model: ServedModel;
  readonly identity: ServerIdentity;
}

/** Serves one registered version until it is asked to stop. */
export async function serve(options: ServeOptions, io: ProgramIo): Promise<void> {
  const fault = faultIn(io.env, options.environment);
  const { model, identity } = await openVersion(options, io);
  const predictionLog = await openLog(options, io);
  try {
    await serveUntilStopped({ ...options, fault, model, identity, predictionLog }, io);
  } finally {
    await predictionLog?.close();
    await model.close();
  }
}

async function openVersion(options: ServeOptions, { env, logger }: ProgramIo): Promise<OpenedVersion> {
  const { name, selector } = parseModelUri(options.modelUri);
  const client = openMlflow({ trackingUri: options.trackingUri, env });
  const version = await resolveVersion(client, name, selector);
  const { digest } = readEvidence(version);
  const directory = await fetchModel({ client, version, digest, cacheDirectory: options.cacheDir });
  const ref = { name, version: version.version };
  const model = await loadServedModel({ ref, directory, expectedDigest: digest }).catch(async (error: unknown) => {
    await rm(directory, { recursive: true, force: true }); // the next start downloads a new copy
    throw error;
  });
  logger.info('Model opened', { ...ref, stage: version.currentStage, digest, directory });
  const { arm, environment } = options;
  return { model, identity: { model: name, version: version.version, stage: version.currentStage, environment, arm } };
}

async function openLog(
  { logDir, logBatch, logIntervalMs }: ServeOptions,
  { clock, logger }: ProgramIo,
): Promise<PredictionLog | undefined> {
  if (logDir === undefined) return undefined;
  return openPredictionLog({
    directory: logDir,
    maxBatchRecords: logBatch,
    flushIntervalMs: logIntervalMs,
    clock,
    logger,
  });
}

interface Serving extends ServeOptions, OpenedVersion {
  readonly fault: Fault | undefined;
  readonly predictionLog: PredictionLog | undefined;
}

async function serveUntilStopped(
  { host, port, fault, identity, predictionLog, ...opened }: Serving,
  io: ProgramIo,
): Promise<void> {
  const { clock, logger } = io;
  const model = fault === undefined ? opened.model : withFault(opened.model, fault, io);
  const log = predictionLog === undefined ? {} : { predictionLog };
  const server = createModelServer({ model, identity, ...log, clock, logger });
  const url = await server.listen(port, host);
  const stop = io.stopRequested(); // before the announcement: who reads it may ask at once
  io.print({ event: 'listening', url, pid: process.pid, version: identity.version });
  logger.info('Stopping', { reason: await stop });
  await server.close();
  logger.info('Stopped');
}
