import { loadConfig, type MlopsConfig } from '@i-drill/config';
import type { LoopPorts } from '@i-drill/workflows';
import type { MlflowClient } from 'mlflow-client-ts';
import { createOutput, type Output } from './output.js';
import { loopPorts } from './wiring/loop-ports.js';
import { currentUser } from './wiring/provenance.js';
import { openTrackingStore } from './wiring/tracking-store.js';

/** Flags every command takes. */
export interface CommonFlags {
  readonly config: string;
  readonly json?: boolean;
  readonly trackingUri?: string;
}

/** What a command works with. */
export interface CommandContext {
  readonly config: MlopsConfig;
  readonly output: Output;
  readonly store: MlflowClient;
  readonly ports: LoopPorts;
  /** As given. It can hold a password: hand it on, never show it. `store.trackingUri` is for showing. */
  readonly trackingUri: string;
  readonly who: string;
  /** Answers and logs are for programs. */
  readonly json: boolean;
}

/** Reads the configuration and opens the tracking store it names; the flag goes before the file. */
export function openContext(flags: CommonFlags): CommandContext {
  const json = flags.json === true;
  const output = createOutput({ json });
  const config = loadConfig({ path: flags.config, env: process.env });
  const trackingUri = flags.trackingUri ?? config.mlflow.tracking_uri;
  const store = openTrackingStore({ trackingUri, spoolFolder: config.mlflow.spool_dir }, output.logger);
  return { config, output, store, ports: loopPorts(store, output.logger), trackingUri, who: currentUser(), json };
}
