import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MlflowError } from '../errors.js';
import type { JsonValue } from '../model/mlmodel.js';
import { readYaml } from '../yaml/read-yaml.js';
import { writeYaml } from '../yaml/write-yaml.js';
import { metaFile } from './layout.js';
import { ifPresent } from '../fs/missing-file.js';
import type { StoreFiles } from '../fs/store-files.js';

/** The content of a `meta.yaml`. */
export type Meta = Readonly<Record<string, JsonValue>>;

/**
 * The `meta.yaml` of a folder; `undefined` when there is none, so that a half-made folder is not there. Read at once: on this side of the thread pool
 * a file takes a tenth of the time.
 */
export function readMetaSync(folder: string): Meta | undefined {
  const path = join(folder, metaFile);
  const text = ifPresent(() => readFileSync(path, 'utf8'));
  return text === undefined ? undefined : parseMeta(path, text);
}

/** The content of a `meta.yaml`, whose path is for the message. */
export function parseMeta(path: string, text: string): Meta {
  try {
    return readYaml(text);
  } catch (cause) {
    throw new MlflowError(`Cannot read "${path}": ${(cause as Error).message}; restore the file or remove its folder`, {
      code: 'MLFLOW_CORRUPT_STORE',
      details: { path },
      cause,
    });
  }
}

/** Replaces the `meta.yaml` of a folder. Fields that this client does not know stay as they were when `meta` was read. */
export function writeMeta(files: StoreFiles, folder: string, meta: Meta): Promise<void> {
  return files.replace(join(folder, metaFile), writeYaml(meta));
}

/** A text field; empty when it is missing or null. */
export function metaText(meta: Meta, field: string): string {
  const value = meta[field];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A field with a time or a number; 0 when it is missing or null. */
export function metaNumber(meta: Meta, field: string): number {
  const value = Number(meta[field] ?? 0);
  return Number.isNaN(value) ? 0 : value;
}
