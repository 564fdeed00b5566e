import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryPath } from '../fs/store-files.js';
import { corruptSpool } from './corrupt-spool.js';
import { replaceDurablySync, syncFolder } from './durable-file.js';
import type { SpoolPaths } from './spool-folder.js';

/** Keeps content under its digest, on the disk when this returns; the name of the blob. */
export function putBlob(folder: string, content: Uint8Array | string): string {
  const name = createHash('sha256').update(content).digest('hex');
  const target = join(folder, name);
  if (existsSync(target)) return name;
  mkdirSync(folder, { recursive: true });
  replaceDurablySync(target, content);
  return name;
}

/** The same for a file of this machine, piece by piece. */
export async function putBlobFile(folder: string, localFile: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const temporary = temporaryPath(folder);
  try {
    const name = await copyWithDigest(localFile, temporary);
    await rename(temporary, join(folder, name));
    syncFolder(folder);
    return name;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function copyWithDigest(source: string, target: string): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(target, 'wx');
  try {
    for await (const chunk of createReadStream(source) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

/** Where a blob lies, checked to be there: the line that names it was written after it. */
export function blobFile({ blobs, journal }: SpoolPaths, seq: number, name: string): string {
  const file = join(blobs, name);
  if (!existsSync(file)) throw corruptSpool(journal, seq, `names the file "${file}", which is not there`);
  return file;
}
