import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { ArtifactFile } from '../api/artifacts.js';
import { notFound } from '../faults.js';
import type { ArtifactStore } from './artifact-store.js';

const absentCodes = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

/** Artifacts in a folder of this machine. A file appears whole or not at all. */
export function localArtifacts(root: string): ArtifactStore {
  return {
    async upload(path, content) {
      const target = join(root, path);
      await mkdir(dirname(target), { recursive: true });
      const unfinished = join(dirname(target), `.${randomUUID()}.part`);
      await writeFile(unfinished, content);
      await rename(unfinished, target);
    },
    async download(path) {
      try {
        return await readFile(join(root, path));
      } catch (error) {
        if (!isAbsent(error)) throw error;
        throw notFound(`Cannot download artifact "${path}": there is no such file; list the artifacts of the run`, {
          path,
        });
      }
    },
    list: (path) => listFolder(root, path),
  };
}

function isAbsent(error: unknown): boolean {
  return absentCodes.has((error as NodeJS.ErrnoException).code ?? '');
}

async function listFolder(root: string, path: string): Promise<ArtifactFile[]> {
  try {
    const entries = await readdir(join(root, path), { withFileTypes: true });
    const shown = entries.filter(({ name }) => !/^\..*\.part$/.test(name));
    const files = shown.map(async (entry): Promise<ArtifactFile> => {
      const isDirectory = entry.isDirectory();
      const sizeBytes = isDirectory ? 0 : (await stat(join(root, path, entry.name))).size;
      return { path: path === '' ? entry.name : `${path}/${entry.name}`, isDirectory, sizeBytes };
    });
    return (await Promise.all(files)).sort(byPath);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** Orders artifacts by path. */
export function byPath(a: ArtifactFile, b: ArtifactFile): number {
  return a.path < b.path ? -1 : 1;
}
