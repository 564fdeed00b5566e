import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MlflowError } from '../errors.js';
import { invalidValue } from '../faults.js';
import { inParallel } from '../fs/in-parallel.js';
import { ifPresent } from '../fs/missing-file.js';
import type { StoreFiles } from '../fs/store-files.js';

/** Folders in which every file is a value and its path the key. */
export type ValueKind = 'params' | 'tags' | 'metrics' | 'aliases';

/** Every value of one kind in the folder of a run, model or version, by key. */
export function readValuesSync(folder: string, kind: ValueKind): Record<string, string> {
  const root = join(folder, kind);
  return Object.fromEntries(
    listKeys(root).flatMap((key) => {
      const value = ifPresent(() => readFileSync(join(root, key), 'utf8'));
      return value === undefined ? [] : [[key, value]]; // deleted since it was listed
    }),
  );
}

/** One value, or `undefined`. */
export function readValueSync(folder: string, kind: ValueKind, key: string): string | undefined {
  try {
    return ifPresent(() => readFileSync(join(folder, kind, key), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') return undefined; // it is the start of other keys
    throw error;
  }
}

/** Writes one value; the folder itself is where its temporary file goes, out of sight of those who list values. */
export async function writeValue(
  files: StoreFiles,
  folder: string,
  kind: ValueKind,
  [key, value]: readonly [string, string],
): Promise<void> {
  await whileKeyIsFile(kind, key, files.replace(join(folder, kind, key), value, folder));
}

/** Writes several values, some at the same time: their waits for the disk overlap. */
export function writeValues(
  files: StoreFiles,
  folder: string,
  kind: ValueKind,
  entries: readonly (readonly [string, string])[],
): Promise<void> {
  return inParallel(entries, 8, (entry) => writeValue(files, folder, kind, entry));
}

/** Removes one value. Absent is no error, also when the key is the start of others. */
export async function removeValue(files: StoreFiles, folder: string, kind: ValueKind, key: string): Promise<void> {
  if (readValueSync(folder, kind, key) !== undefined) await files.remove(join(folder, kind, key));
}

const longestName = 255; // bytes, of most file systems

/** Refuses a key that cannot be the path of a file, before anything else of its batch is written. */
export function assertKeyFits(kind: ValueKind, key: string): void {
  const name = key.split('/').find((part) => Buffer.byteLength(part) > longestName);
  if (name === undefined) return;
  throw new MlflowError(
    `Cannot store "${key.slice(0, 40)}…" in ${kind}: a part of it has ${Buffer.byteLength(name)} bytes, and a file name at most ${longestName}; shorten it`,
    { code: 'MLFLOW_VALUE_TOO_LONG', details: { key } },
  );
}

/** Explains the failure when one key is a folder of another: `a` and `a/b` cannot both be files. */
export async function whileKeyIsFile(kind: ValueKind, key: string, written: Promise<void>): Promise<void> {
  try {
    await written;
  } catch (error) {
    if (!['EISDIR', 'ENOTDIR', 'EEXIST', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
    throw invalidValue(
      `Cannot store "${key}" in ${kind}: in a file store a key cannot also be the start of another, up to a "/"; rename one of them`,
      { key },
    );
  }
}

function listKeys(root: string, start = ''): string[] {
  const entries = ifPresent(() => readdirSync(join(root, start), { withFileTypes: true })) ?? [];
  return entries
    .flatMap((entry) => {
      const key = start + entry.name;
      if (entry.isDirectory()) return listKeys(root, `${key}/`);
      return entry.isFile() ? [key] : [];
    })
    .sort();
}
