import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Every file below a folder with the SHA-256 of its content, `''` for folders; empty where there is no such folder. */
export async function listingOf(folder: string): Promise<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const listed = await Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const digest = entry.isFile() ? sha256(await readFile(path)) : '';
      return [relative(folder, path), digest] as const;
    }),
  );
  return Object.fromEntries(listed.sort(([a], [b]) => a.localeCompare(b)));
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
