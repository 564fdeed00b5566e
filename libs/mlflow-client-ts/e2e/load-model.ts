import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mlflowPython } from './real-server.js';

/** What Python makes of a model. */
export interface LoadedModel {
  readonly predicted: Readonly<Record<string, unknown>>;
  readonly inputs: unknown;
  readonly metadata: unknown;
  readonly serving: unknown;
}

/** Loads models with mlflow.pyfunc and runs each on its own input example. */
export async function loadModels(trackingUri: string, modelUris: readonly string[]): Promise<LoadedModel[]> {
  const folder = await mkdtemp(join(tmpdir(), 'load-model-'));
  try {
    const script = join(import.meta.dirname, 'load_model.py');
    const env = { ...process.env, MLFLOW_ALLOW_FILE_STORE: 'true', MLFLOW_DISABLE_TELEMETRY: 'true' };
    const { stdout } = await promisify(execFile)(mlflowPython(), [script, trackingUri, ...modelUris], {
      cwd: folder,
      env,
    });
    return JSON.parse(stdout) as LoadedModel[];
  } finally {
    await rm(folder, { recursive: true });
  }
}
