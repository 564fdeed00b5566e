import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelVersion } from '@i-drill/registry';
import type { MlflowClient } from 'mlflow-client-ts';
import { ModelServerError } from './errors.js';

const files = ['MLmodel', 'model.onnx', 'preprocessing.json'] as const;

/** What is fetched, and where it is kept. */
export interface FetchModelOptions {
  readonly client: Pick<MlflowClient, 'downloadArtifact'>;
  readonly version: ModelVersion;
  /** Registered SHA-256 of `model.onnx`: another file never gets the same folder. */
  readonly digest: string;
  readonly cacheDirectory: string;
}

/** Downloads a version's `model/` files once. The folder appears complete or not at all. */
export async function fetchModel(options: FetchModelOptions): Promise<string> {
  const { version, digest, cacheDirectory } = options;
  const folder = join(cacheDirectory, `${encodeURIComponent(version.name)}-v${version.version}-${digest.slice(0, 16)}`);
  if (await exists(folder)) return folder;
  const temporary = await createTemporary(cacheDirectory);
  try {
    for (const file of files) {
      const content = await options.client.downloadArtifact(version.runId, `model/${file}`);
      await writeFile(join(temporary, file), content);
    }
    await moveUnlessThere(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return folder;
}

async function createTemporary(cacheDirectory: string): Promise<string> {
  try {
    await mkdir(cacheDirectory, { recursive: true });
    return await mkdtemp(join(cacheDirectory, '.download-'));
  } catch (cause) {
    const message = `Cannot keep downloaded models: "${cacheDirectory}" cannot be written; make it writable or give another --cache-dir`;
    throw new ModelServerError(message, {
      code: 'MODEL_SERVER_CACHE_UNWRITABLE',
      details: { cacheDirectory },
      cause,
    });
  }
}

/** Another server may have downloaded the same version meanwhile: its copy is as good. */
async function moveUnlessThere(temporary: string, folder: string): Promise<void> {
  try {
    await rename(temporary, folder);
  } catch (error) {
    if (!(await exists(folder))) throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
