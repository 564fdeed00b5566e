import { readdirSync } from 'node:fs';
import { ifPresent } from '../fs/missing-file.js';

/** The names of the folders in a folder, sorted; none when it is not there. */
export function listFolders(folder: string): string[] {
  const entries = ifPresent(() => readdirSync(folder, { withFileTypes: true })) ?? [];
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
