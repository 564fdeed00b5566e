import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { DatasetError } from './errors.js';

/** The first of several possible names of one file in a folder, for example unpacked and packed. */
export async function findFile(dir: string, names: readonly string[]): Promise<string> {
  for (const name of names) {
    const path = join(dir, name);
    if (await exists(path)) return path;
  }
  const message = `Cannot read "${join(dir, names[0]!)}": there is no such file, nor ${names.slice(1).join(', ')} beside it; check the data folder`;
  throw new DatasetError(message, { code: 'DATASET_FILE_MISSING', details: { dir, names } });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
