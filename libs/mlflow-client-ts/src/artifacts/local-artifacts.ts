import { createReadStream } from 'node:fs';
import { copyFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactFile, ArtifactRepository } from '../api/artifacts.js';
import type { MlflowError } from '../errors.js';
import { notFound } from '../faults.js';
import { byPath } from './artifact-order.js';
import type { ContentSource } from './content-source.js';
import { downloadToFile } from './download-to-file.js';
import { filesToUpload, uploadSize } from './local-files.js';
import { isUnfinished, writeWhole } from './write-whole.js';

const absentCodes = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

/** Artifacts in a folder of this machine. A file appears whole or not at all. */
export function localArtifacts(root: string): ArtifactRepository {
  const uploadFile = (path: string, localFile: string): Promise<void> => copyInto(root, path, localFile);
  return {
    list: (path = '') => listFolder(root, path),
    upload: (path, content) => writeWhole(join(root, path), (unfinished) => writeFile(unfinished, content)),
    uploadFile,
    async uploadFolder(path, localFolder) {
      for (const file of await filesToUpload(path, localFolder)) await uploadFile(file.path, file.localFile);
    },
    download: (path) => orNotFound(path, readFile(join(root, path))),
    stream: (path) => streamFile(root, path),
    downloadFile: (path, localFile, options = {}) => downloadToFile(fileSource(root, path), localFile, options),
    delete: (path) => rm(join(root, path), { recursive: true, force: true }),
  };
}

async function copyInto(root: string, path: string, localFile: string): Promise<void> {
  await uploadSize(path, localFile);
  await writeWhole(join(root, path), (unfinished) => copyFile(localFile, unfinished));
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
    const names = (await readdir(join(root, path))).filter((name) => !isUnfinished(name));
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
