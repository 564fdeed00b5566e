import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const removedPrefix = '.removed-';

/** Removes the folder of a run of which the store has everything. It disappears at once, whatever ends this process meanwhile. */
export async function removeSpool(folder: string): Promise<void> {
  const removed = join(dirname(folder), `${removedPrefix}${basename(folder)}`);
  await rename(folder, removed);
  await rm(removed, { recursive: true, force: true });
}

/** Whether a name in the spool is what an interrupted removal left. */
export function isRemoved(name: string): boolean {
  return name.startsWith(removedPrefix);
}
