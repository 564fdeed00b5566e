import { createReadStream } from 'node:fs';
import { copyFile, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactFile, ArtifactRepository } from '../api/artifacts.js';
import type { MlflowError } from '../errors.js';
import { notFound } from '../faults.js';
import { createStoreFiles, isTemporary, type StoreFiles } from '../fs/store-files.js';
import { byPath } from './artifact-order.js';
import type { ContentSource } from './content-source.js';
import { downloadToFile } from './download-to-file.js';
import { filesToUpload, uploadSize } from './local-files.js';

const absentCodes = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

/**
 * Artifacts in a folder of this machine. A file appears whole or not at all.
 *
 * @param files how they are written; by themselves they are not synced
 */
export function localArtifacts(
  root: string,
  files: StoreFiles = createStoreFiles({ fsync: false }),
): ArtifactRepository {
  const settled = async (written: Promise<void>): Promise<void> => {
    await written;
    await files.settled();
  };
  const uploadFile = (path: string, localFile: string): Promise<void> =>
    settled(copyInto(files, { target: join(root, path), path, localFile }));
  return {
    list: (path = '') => listFolder(root, path),
    upload: (path, content) => settled(files.replace(join(root, path), content)),
    uploadFile,
    async uploadFolder(path, localFolder) {
      for (const file of await filesToUpload(path, localFolder)) await uploadFile(file.path, file.localFile);
    },
    download: (path) => orNotFound(path, readFile(join(root, path))),
    stream: (path) => streamFile(root, path),
    downloadFile: (path, localFile, options = {}) => downloadToFile(fileSource(root, path), localFile, options),
    delete: (path) => settled(files.remove(join(root, path))),
  };
}

interface Copy {
  readonly target: string;
  readonly path: string;
  readonly localFile: string;
}

async function copyInto(files: StoreFiles, { target, path, localFile }: Copy): Promise<void> {
  await uploadSize(path, localFile);
  await files.replaceBy(target, (temporary) => copyFile(localFile, temporary));
}

function absentFile(path: string): MlflowError {
  return notFound(`Cannot download artifact "${path}": there is no such file; list the artifacts beside it`, { path });
}

async function orNotFound<T>(path: string, result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw isAbsent(error) ? absentFile(path) : error;
  }
}

async function* streamFile(root: string, path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(join(root, path))) yield chunk as Buffer;
  } catch (error) {
    throw isAbsent(error) ? absentFile(path) : error;
  }
}

function fileSource(root: string, path: string): ContentSource {
  const file = join(root, path);
  return {
    address: file,
    action: `download artifact "${path}"`,
    async open() {
      const { size } = await orNotFound(path, stat(file));
      return { offset: 0, sizeBytes: size, validator: undefined, body: streamFile(root, path) };
    },
  };
}

function isAbsent(error: unknown): boolean {
  return absentCodes.has((error as NodeJS.ErrnoException).code ?? '');
}

async function listFolder(root: string, path: string): Promise<ArtifactFile[]> {
  try {
    const names = (await readdir(join(root, path))).filter((name) => !isTemporary(name));
    const files = await Promise.all(names.map((name) => describeFile(root, path === '' ? name : `${path}/${name}`)));
    return files.flat().sort(byPath);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** A list of one; of none for a link to nothing, and for what has been deleted in the meantime. */
async function describeFile(root: string, path: string): Promise<ArtifactFile[]> {
  const found = await stat(join(root, path)).catch(() => undefined);
  if (found === undefined) return [];
  const isDirectory = found.isDirectory();
  return [{ path, isDirectory, sizeBytes: isDirectory ? 0 : found.size }];
}
