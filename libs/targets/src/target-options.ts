import { join } from 'node:path';
import type { Clock, Logger } from '@i-drill/core';
import type { SmokeTest } from '@i-drill/deployment';
import type { ProgramCommand } from './launch-program.js';

/** Where and how the processes of one environment run. */
export interface ProcessTargetOptions {
  /** Holds one folder per environment: `service.json`, the lock and the processes' output. */
  readonly stateDirectory: string;
  /** Letters, digits, `-` and `_`. */
  readonly environment: string;
  /** How a model server is called; `--model-uri`, `--environment`, `--port` and the like are added. */
  readonly serverCommand: ProgramCommand;
  /** How a router is called; `--port`, `--admin-port` and `--host` are added. */
  readonly routerCommand: ProgramCommand;
  readonly modelName: string;
  /** Handed to model servers as the variable `MLFLOW_TRACKING_URI`: it may hold a password, and arguments are visible to all. */
  readonly trackingUri: string;
  /** Of the router. 0 = any free one; a restarted router takes the one it had. @default 0 */
  readonly publicPort?: number;
  /** Of the router. @default '127.0.0.1' */
  readonly publicHost?: string;
  /** Handed to model servers as `--log-dir`. Without it predictions are not logged. */
  readonly predictionLogDirectory?: string;
  /** Path a model server is asked for its health at. @default '/health' */
  readonly healthPath?: string;
  /** @default none */
  readonly smokeTests?: readonly SmokeTest[];
  /** @default 10 000 */
  readonly smokeTestTimeoutMs?: number;
  /** From the start of a process to its listening line. @default 60 000 */
  readonly startTimeoutMs?: number;
  /** From asking a process to stop to killing it. @default 15 000 */
  readonly stopGraceMs?: number;
  /** Environment variables of the processes. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Complete and checked options. */
export interface TargetSettings extends Required<Omit<ProcessTargetOptions, 'predictionLogDirectory'>> {
  readonly predictionLogDirectory: string | undefined;
  readonly directory: string;
  readonly servicePath: string;
  readonly lockPath: string;
  readonly logDirectory: string;
}

const defaults = {
  publicPort: 0,
  publicHost: '127.0.0.1',
  healthPath: '/health',
  smokeTests: [],
  smokeTestTimeoutMs: 10_000,
  startTimeoutMs: 60_000,
  stopGraceMs: 15_000,
  predictionLogDirectory: undefined,
};

/** Fills in defaults and names the files of the environment. */
export function resolveTarget(options: ProcessTargetOptions): TargetSettings {
  if (!/^[\w-]+$/.test(options.environment)) {
    throw new RangeError(`Cannot use environment "${options.environment}": only letters, digits, - and _ are allowed`);
  }
  const directory = join(options.stateDirectory, options.environment);
  return {
    ...defaults,
    ...options,
    directory,
    servicePath: join(directory, 'service.json'),
    lockPath: join(directory, 'service.lock'),
    logDirectory: join(directory, 'logs'),
  };
}
