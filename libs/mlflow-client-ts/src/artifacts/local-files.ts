import type { Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { assertArtifactPath } from '../checks/artifact-path.js';
import { invalidValue } from '../faults.js';
import { explainingFileFaults } from './file-fault.js';

/** A file of this machine, and the artifact it becomes. */
export interface FileToUpload {
  readonly path: string;
  readonly localFile: string;
}

/** The size of a file of this machine that is to be uploaded. */
export async function uploadSize(path: string, localFile: string): Promise<number> {
  const found = await explainingFileFaults(`upload artifact "${path}"`, () => statOrNothing(localFile));
  if (found?.isFile() === true) return found.size;
  const problem = found === undefined ? 'there is no such file' : 'it is not a file';
  throw invalidValue(`Cannot upload "${localFile}" as artifact "${path}": ${problem}; name an existing file`, {
    localFile,
  });
}

/**
 * Every file below a folder of this machine, as the artifact below `path` it becomes, in order of names. Links are followed, but not into a
 * folder they lie in. All names are checked before the first is used.
 */
export async function filesToUpload(path: string, localFolder: string): Promise<FileToUpload[]> {
  const action = `upload "${localFolder}"`;
  const found = await explainingFileFaults(action, () => statOrNothing(localFolder));
  if (found?.isDirectory() !== true) {
    const problem = found === undefined ? 'there is no such folder' : 'it is not a folder';
    throw invalidValue(`Cannot upload "${localFolder}": ${problem}; name an existing folder`, { localFolder });
  }
  const files = await explainingFileFaults(action, async () =>
    filesBelow(localFolder, path, [await realpath(localFolder)]),
  );
  for (const file of files) assertArtifactPath(file.path);
  return files;
}

async function filesBelow(folder: string, path: string, above: readonly string[]): Promise<FileToUpload[]> {
  const files: FileToUpload[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const inner = { path: path === '' ? name : `${path}/${name}`, localFile: join(folder, name) };
    const found = await statOrNothing(inner.localFile); // a link to nothing has nothing to upload
    if (found?.isFile() === true) files.push(inner);
    if (found?.isDirectory() !== true) continue;
    const real = await realpath(inner.localFile);
    if (!above.includes(real)) files.push(...(await filesBelow(inner.localFile, inner.path, [...above, real])));
  }
  return files;
}

const nothingCodes = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);

async function statOrNothing(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (nothingCodes.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
