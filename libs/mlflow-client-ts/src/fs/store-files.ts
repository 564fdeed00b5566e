import { randomUUID } from 'node:crypto';
import { existsSync, lstatSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { nodeDisk, type Disk } from './disk.js';
import { inParallel } from './in-parallel.js';

/** The only way in which a store changes its files: whole or not at all, whenever the process dies. */
export interface StoreFiles {
  /**
   * Gives a file new content; its folder is made when absent. Readers find the old content or the new one. The temporary file lies in
   * `workFolder`, on the same disk; one that a crash leaves there is never read.
   */
  replace(target: string, content: string | Uint8Array, workFolder?: string): Promise<void>;
  /** The same with content that `write` puts under the temporary name: a copy, or what is too large for memory. */
  replaceBy(target: string, write: (temporary: string) => Promise<void>, workFolder?: string): Promise<void>;
  /** Makes a file whole, unless there is one: whether it was made. Its folder is made when absent. */
  create(target: string, content: string): Promise<boolean>;
  /** Adds whole lines to a file in one write; the file and its folder are made when absent. Only under a lock. */
  append(path: string, lines: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** A file, or a folder with all in it, which disappears at once. Absent is no error. */
  remove(path: string): Promise<void>;
  /** With the folders above it. */
  makeFolder(path: string): Promise<void>;
  /** Sets the time of change of a file. */
  touch(path: string): Promise<void>;
  /**
   * Waits until everything that was done before survives a power cut: each file and folder is synced once, however often it changed.
   * `locks.run` does so by itself; work outside of locks must before it is acknowledged.
   */
  settled(): Promise<void>;
}

/** How the files of a store are written. */
export interface StoreFilesOptions {
  /**
   * Whether files are synced before a call is acknowledged, at about 0.5 ms per touched file and folder. Without, a killed process still
   * loses nothing; a power cut may lose the last seconds.
   * @default true
   */
  readonly fsync?: boolean;
  /** @default the disk of this machine */
  readonly disk?: Disk;
}

/** Whether a name is that of a temporary file or folder; nothing else in a store is named so. */
export function isTemporary(name: string): boolean {
  return /^\.[0-9a-f-]{36}\.tmp$/.test(name);
}

/** Where something lies until it is complete. */
export function temporaryPath(folder: string): string {
  return join(folder, `.${randomUUID()}.tmp`);
}

/** Writes the files of a store. */
export function createStoreFiles({ fsync = true, disk = nodeDisk }: StoreFilesOptions = {}): StoreFiles {
  const unsynced = createUnsynced(disk, fsync);
  const makeFolder = async (path: string): Promise<void> => {
    for (const made of await disk.makeFolder(path)) unsynced.add(dirname(made));
  };
  const makeFolderOf = async (path: string): Promise<void> => {
    if (!existsSync(dirname(path))) await makeFolder(dirname(path));
  };
  const rename = async (from: string, to: string): Promise<void> => {
    await disk.rename(from, to);
    unsynced.move(from, to);
    unsynced.add(dirname(from)).add(dirname(to));
  };
  const replaceBy: StoreFiles['replaceBy'] = async (target, write, workFolder = dirname(target)) => {
    await makeFolderOf(target);
    const temporary = temporaryPath(workFolder);
    await makeFolderOf(temporary);
    try {
      await write(temporary);
      if (fsync) await disk.sync(temporary); // before it is renamed: a power cut could leave an empty file under the name
      await disk.rename(temporary, target);
    } catch (error) {
      await disk.remove(temporary);
      throw error;
    }
    unsynced.add(dirname(target));
  };
  return {
    replaceBy,
    replace: (target, content, workFolder) =>
      replaceBy(target, (temporary) => disk.write(temporary, content), workFolder),
    async create(target, content) {
      await makeFolderOf(target);
      const temporary = `${target}.${randomUUID()}`;
      try {
        await disk.write(temporary, content);
        return await linked(disk, temporary, target);
      } finally {
        await disk.remove(temporary);
      }
    },
    async append(path, lines) {
      if (!existsSync(path)) unsynced.add(dirname(path));
      await makeFolderOf(path);
      await disk.append(path, lines);
      unsynced.add(path);
    },
    rename,
    async remove(path) {
      const entry = lstatSync(path, { throwIfNoEntry: false });
      if (entry === undefined) return;
      const temporary = entry.isDirectory() ? temporaryPath(dirname(path)) : path;
      if (temporary !== path) await rename(path, temporary); // a folder is emptied one by one, out of sight
      await disk.remove(temporary);
      unsynced.add(dirname(path));
    },
    makeFolder,
    touch: (path) => disk.touch(path),
    settled: () => unsynced.settled(),
  };
}

/** ENOENT: another process took the temporary file for one of the dead. */
async function linked(disk: Disk, from: string, to: string): Promise<boolean> {
  try {
    await disk.link(from, to);
    return true;
  } catch (error) {
    if (['EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

interface Unsynced {
  add(path: string): Unsynced;
  /** What lies in a folder is elsewhere now. */
  move(from: string, to: string): void;
  settled(): Promise<void>;
}

/** Files and folders that changed since they were last synced. Calls that wait at the same time share one round of syncs. */
function createUnsynced(disk: Disk, fsync: boolean): Unsynced {
  let paths = new Set<string>();
  let round = Promise.resolve();
  const syncAll = async (): Promise<void> => {
    const ours = [...paths];
    paths = new Set();
    try {
      await inParallel(ours, 8, (path) => disk.sync(path));
    } catch (error) {
      for (const path of ours) paths.add(path); // whoever waits next tries again
      throw error;
    }
  };
  const unsynced: Unsynced = {
    add(path) {
      if (fsync) paths.add(path);
      return unsynced;
    },
    move(from, to) {
      const moved = [...paths].filter((path) => path === from || path.startsWith(from + sep));
      for (const path of moved) {
        paths.delete(path);
        paths.add(to + path.slice(from.length));
      }
    },
    settled() {
      const result = round.then(syncAll);
      round = result.catch(() => undefined);
      return result;
    },
  };
  return unsynced;
}
