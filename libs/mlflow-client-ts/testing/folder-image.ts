import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The content of a folder, in memory: for tests that need it hundreds of times. */
export interface FolderImage {
  readonly folders: readonly string[];
  readonly files: readonly (readonly [path: string, content: Buffer])[];
}

/** Everything in a folder. */
export function imageOf(root: string): FolderImage {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => [join(entry.parentPath, entry.name).slice(root.length + 1), entry] as const);
  return {
    folders: paths.filter(([, entry]) => entry.isDirectory()).map(([path]) => path),
    files: paths.filter(([, entry]) => entry.isFile()).map(([path]) => [path, readFileSync(join(root, path))]),
  };
}

/** Makes a folder what the image shows, and nothing else. */
export function restore(root: string, { folders, files }: FolderImage): void {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root);
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
  for (const [path, content] of files) writeFileSync(join(root, path), content);
}
