import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Whether a name is that of a file which {@link writeWhole} has not finished. */
export function isUnfinished(name: string): boolean {
  return /^\.[\da-f-]{36}\.part$/.test(name);
}

/** Has a file written under another name in the same folder, then gives it its own: it appears whole or not at all. */
export async function writeWhole(target: string, write: (unfinished: string) => Promise<void>): Promise<void> {
  const unfinished = join(dirname(target), `.${randomUUID()}.part`);
  await mkdir(dirname(target), { recursive: true });
  try {
    await write(unfinished);
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
