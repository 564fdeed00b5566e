import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesToUpload } from '../artifacts/local-files.js';
import { invalidValue } from '../faults.js';
import { orIfMissing } from '../fs/missing-file.js';
import type { LogModelOperation } from '../spool/operation.js';
import { readYaml } from '../yaml/read-yaml.js';

/** A file of a model: its content, or where it lies on this machine. */
export type ModelFile = Uint8Array | string | { readonly localFile: string };

/** The `MLmodel` file as an object, without the ids of the run and of the model, which are filled in once they are known. */
export type ModelDescription = LogModelOperation['mlmodel'];

/** A model folder that is not a folder yet. */
export interface ModelContent {
  /** By path below the model folder, without `MLmodel`. */
  readonly files: Readonly<Record<string, ModelFile>>;
  readonly mlmodel: ModelDescription;
}

const idKeys = new Set(['run_id', 'artifact_path', 'model_uuid', 'model_id']);

/** Reads a model folder of this machine, as `save_model` of any MLflow flavour makes it. */
export async function readModelFolder(folder: string): Promise<ModelContent> {
  const text = await orIfMissing(readFile(join(folder, 'MLmodel'), 'utf8'), undefined);
  if (text === undefined) {
    throw invalidValue(
      `Cannot log model folder "${folder}": it has no file MLmodel; give a folder that save_model made`,
      { folder },
    );
  }
  const files = (await filesToUpload('', folder)).filter(({ path }) => path !== 'MLmodel');
  return {
    files: Object.fromEntries(files.map(({ path, localFile }) => [path, { localFile }])),
    mlmodel: withoutIds(folder, text),
  };
}

function withoutIds(folder: string, text: string): ModelDescription {
  const entries = Object.entries(parseMlmodel(folder, text)).filter(([key]) => !idKeys.has(key));
  return Object.fromEntries(entries) as unknown as ModelDescription;
}

function parseMlmodel(folder: string, text: string): Readonly<Record<string, unknown>> {
  try {
    return readYaml(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw invalidValue(
      `Cannot log model folder "${folder}": its MLmodel is not understood, ${cause.message}; write it as JSON, which is YAML`,
      { folder },
    );
  }
}

/** A time as an `MLmodel` has it. */
export function utcTimeText(time: Date): string {
  return time.toISOString().replace('T', ' ').replace('Z', '000');
}
