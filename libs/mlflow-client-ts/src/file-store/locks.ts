import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { isTemporary, type StoreFiles } from '../fs/store-files.js';
import { trashFolder } from './layout.js';
import { takeLock, type HeldLock } from './lock-file.js';
import { thisProcess, type LockOwner } from './lock-owner.js';

/** How locks wait. */
export interface LockSettings {
  /**
   * A lock whose process cannot be asked (of another machine or container) counts as abandoned when it was not renewed for this long.
   * @default 20 s: four times the interval of renewal
   */
  readonly staleMs?: number;
  /** The longest wait for a lock. @default 30 s: work under a lock takes milliseconds */
  readonly waitMs?: number;
  /** @default this process */
  readonly self?: LockOwner;
}

/** One writer at a time per folder, also among processes. */
export interface Locks {
  /**
   * Does work while no other does with this folder, and waits until its writes survive a power cut. Who needs several locks takes that of the
   * outer folder first; work must not ask for a lock it is under.
   */
  run<T>(folder: string, work: () => Promise<T>): Promise<T>;
}

/** Where the locks of a store are, and how they are written. */
export interface LockPlace {
  readonly root: string;
  readonly files: StoreFiles;
}

/**
 * Locks that are files in the root of a store, where MLflow looks for folders only: they stay where they are when the locked folder is moved or
 * removed. A lock whose process has died is taken over at once.
 */
export function createLocks({ root, files }: LockPlace, settings: LockSettings = {}): Locks {
  const { staleMs = 20_000, waitMs = 30_000, self = thisProcess() } = settings;
  const queues = new Map<string, Promise<unknown>>();
  const inTurn = <T>(key: string, work: () => Promise<T>): Promise<T> => {
    // Calls of one process queue in memory; only the first of them competes for the file.
    const result = (queues.get(key) ?? Promise.resolve()).then(work);
    const settled = result.then(nothing, nothing);
    queues.set(key, settled);
    void settled.then(() => {
      if (queues.get(key) === settled) queues.delete(key);
    });
    return result;
  };
  return {
    async run(folder, work) {
      const path = lockPath(root, folder);
      const result = await inTurn(path, async () => {
        const lock = await takeLock(path, { files, self, staleMs, waitMs, folder });
        return whileHeld(lock, staleMs / 4, async () => {
          if (lock.isTakenOver) await removeTemporaries(files, folder);
          return work();
        });
      });
      await files.settled();
      return result;
    },
  };
}

function nothing(): void {
  // the caller of that work hears of its failure
}

async function whileHeld<T>(lock: HeldLock, renewMs: number, work: () => Promise<T>): Promise<T> {
  const renewal = setInterval(() => void lock.renew().catch(nothing), renewMs).unref();
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await lock.release();
  }
}

const longestName = 200; // of 255 that a file system allows, with room for the ends that names of locks get

/** The lock of a folder of a store; the same when it lies in the trash. */
function lockPath(root: string, folder: string): string {
  const place = relative(root, folder).split(sep);
  const name = encoded((place[0] === trashFolder ? place.slice(1) : place).join('/'));
  const isLong = name.length > longestName;
  return join(root, `.lock-${isLong ? createHash('sha256').update(name).digest('hex') : name}`);
}

// Without "." in particular: what follows one is not of the name.
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[.!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

/** Removes what the dead process was writing: nobody else writes there. */
async function removeTemporaries(files: StoreFiles, folder: string): Promise<void> {
  const names = namesIn(folder).filter(isTemporary);
  for (const name of names) await files.remove(join(folder, name));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // the dead process removed it, or died before making it
  }
}
