import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a file so that a reader finds the old content or the new one, never a part: into a temporary file, then by rename. The
 * temporary file lies in `workFolder`, on the same disk; one that a crash leaves there is never read.
 */
export async function replaceFile(
  target: string,
  content: string,
  workFolder: string = dirname(target),
): Promise<void> {
  const temporary = join(workFolder, `.${randomUUID()}.tmp`);
  await mkdir(dirname(target), { recursive: true });
  try {
    await writeFile(temporary, content);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
