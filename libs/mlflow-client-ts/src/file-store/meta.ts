import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MlflowError } from '../errors.js';
import type { JsonValue } from '../model/mlmodel.js';
import { readYaml } from '../yaml/read-yaml.js';
import { writeYaml } from '../yaml/write-yaml.js';
import { metaFile } from './layout.js';
import { orIfMissing } from '../fs/missing-file.js';
import { replaceFile } from '../fs/replace-file.js';

/** The content of a `meta.yaml`. */
export type Meta = Readonly<Record<string, JsonValue>>;

/** The `meta.yaml` of a folder; `undefined` when there is none, so that a half-made folder is not there. */
export async function readMeta(folder: string): Promise<Meta | undefined> {
  const path = join(folder, metaFile);
  const text = await orIfMissing(readFile(path, 'utf8'), undefined);
  if (text === undefined) return undefined;
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
export async function writeMeta(folder: string, meta: Meta): Promise<void> {
  await replaceFile(join(folder, metaFile), writeYaml(meta));
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
