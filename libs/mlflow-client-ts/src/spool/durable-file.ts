import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { temporaryPath } from '../fs/store-files.js';

/**
 * Replaces a file by another content that is on the disk when this returns; a reader finds the old content or the new one. Other than `StoreFiles`
 * it makes no folder: the spool of a run that another process has brought to the store and removed must not come back.
 */
export async function replaceDurably(target: string, content: string): Promise<void> {
  const temporary = temporaryPath(dirname(target));
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(target));
}

/** The same, before it returns, as at the exit of a process. */
export function replaceDurablySync(target: string, content: string | Uint8Array): void {
  const temporary = temporaryPath(dirname(target));
  try {
    const file = openSync(temporary, 'wx');
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(target));
}

/** Puts the names in a folder on the disk. Windows has no such call, and keeps names by itself. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
