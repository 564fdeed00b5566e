import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MlflowError } from '../errors.js';
import { orIfMissing } from '../fs/missing-file.js';

/** How locks wait. */
export interface LockSettings {
  /** A lock of another host, or of a process that cannot be asked, counts as abandoned after this long. */
  readonly staleMs: number;
  /** The longest wait for a lock. */
  readonly waitMs: number;
}

/** One writer at a time per folder, also among processes. */
export interface Locks {
  run<T>(folder: string, work: () => Promise<T>): Promise<T>;
}

/** @default 10 s and 30 s: work under a lock takes milliseconds */
const defaultLockSettings: LockSettings = { staleMs: 10_000, waitMs: 30_000 };

interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/** Locks that are files `.lock` in the locked folders. A lock whose process has died is taken over. */
export function createLocks(settings: LockSettings = defaultLockSettings): Locks {
  const queues = new Map<string, Promise<unknown>>();
  return {
    run(folder, work) {
      // Calls of one process queue in memory; only the first of them competes for the file.
      const before = queues.get(folder) ?? Promise.resolve();
      const result = before.then(() => withFileLock(folder, settings, work));
      const settled = result.then(nothing, nothing);
      queues.set(folder, settled);
      void settled.then(() => {
        if (queues.get(folder) === settled) queues.delete(folder);
      });
      return result;
    },
  };
}

function nothing(): void {
  // the caller of that work hears of its failure
}

async function withFileLock<T>(folder: string, settings: LockSettings, work: () => Promise<T>): Promise<T> {
  const path = join(folder, '.lock');
  const owner: Owner = { pid: process.pid, host: hostname(), token: randomUUID() };
  await mkdir(folder, { recursive: true });
  await acquire(path, owner, settings);
  try {
    return await work();
  } finally {
    if ((await readOwner(path))?.token === owner.token) await rm(path, { force: true });
  }
}

async function acquire(path: string, owner: Owner, settings: LockSettings): Promise<void> {
  const start = performance.now();
  while (!(await tryCreate(path, JSON.stringify(owner)))) {
    if (await isAbandoned(path, settings)) {
      await removeAbandoned(path, settings);
      continue;
    }
    if (performance.now() - start > settings.waitMs) throw await lockedError(path, settings);
    await sleep(2 + Math.random() * 10);
  }
}

async function tryCreate(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isAbandoned(path: string, { staleMs }: LockSettings): Promise<boolean> {
  const owner = await readOwner(path);
  if (owner?.host === hostname() && owner.pid !== process.pid && !isAlive(owner.pid)) return true;
  const file = await orIfMissing(stat(path), undefined);
  return file !== undefined && Date.now() - file.mtimeMs > staleMs;
}

/** Only one process removes an abandoned lock, and looks again before: another may have replaced it by a live one. */
async function removeAbandoned(path: string, settings: LockSettings): Promise<void> {
  const breaker = `${path}.breaker`;
  if (!(await tryCreate(breaker, ''))) {
    const file = await orIfMissing(stat(breaker), undefined);
    if (file !== undefined && Date.now() - file.mtimeMs > settings.staleMs) await rm(breaker, { force: true });
    await sleep(5);
    return;
  }
  try {
    if (await isAbandoned(path, settings)) await rm(path, { force: true });
  } finally {
    await rm(breaker, { force: true });
  }
}

async function readOwner(path: string): Promise<Partial<Owner> | undefined> {
  const text = await orIfMissing(readFile(path, 'utf8'), '');
  try {
    return JSON.parse(text) as Partial<Owner>;
  } catch {
    return undefined; // its writer died between creating and filling it
  }
}

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function lockedError(path: string, { waitMs }: LockSettings): Promise<MlflowError> {
  const owner = await readOwner(path);
  const holder = owner === undefined ? 'another process' : `process ${owner.pid ?? '?'} on ${owner.host ?? '?'}`;
  return new MlflowError(
    `Cannot write to "${path.replace(/\.lock$/, '')}": ${holder} has held "${path}" for more than ${waitMs / 1000} s; end that process`,
    { code: 'MLFLOW_LOCKED', details: { path, pid: owner?.pid, host: owner?.host } },
  );
}
