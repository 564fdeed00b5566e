import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { invalidValue } from '../faults.js';
import { orIfMissing } from '../fs/missing-file.js';
import { replaceFile } from '../fs/replace-file.js';

/** Folders in which every file is a value and its path the key. */
export type ValueKind = 'params' | 'tags' | 'metrics' | 'aliases';

/** Every value of one kind in the folder of a run, model or version. */
export async function readValues(folder: string, kind: ValueKind): Promise<Record<string, string>> {
  const root = join(folder, kind);
  const keys = await listKeys(root);
  const entries = keys.map(async (key): Promise<[string, string]> => [key, await readFile(join(root, key), 'utf8')]);
  return Object.fromEntries(await Promise.all(entries));
}

/** One value, or `undefined`. */
export function readValue(folder: string, kind: ValueKind, key: string): Promise<string | undefined> {
  return orIfMissing(readFile(join(folder, kind, key), 'utf8'), undefined);
}

/** Writes one value; the folder itself is where its temporary file goes, out of sight of those who list values. */
export async function writeValue(folder: string, kind: ValueKind, entry: readonly [string, string]): Promise<void> {
  const [key, value] = entry;
  await whileKeyIsFile(kind, key, replaceFile(join(folder, kind, key), value, folder));
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

async function listKeys(root: string): Promise<string[]> {
  const entries = await orIfMissing(readdir(root, { recursive: true, withFileTypes: true }), []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll(sep, '/'),
    )
    .sort();
}
