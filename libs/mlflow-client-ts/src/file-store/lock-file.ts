import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MlflowError } from '../errors.js';
import type { StoreFiles } from '../fs/store-files.js';
import { lifeOf, type LockOwner } from './lock-owner.js';

/** What a lock file needs to be taken. */
export interface LockFileOptions {
  readonly files: StoreFiles;
  readonly self: LockOwner;
  /** A lock whose process cannot be asked counts as abandoned when its file has not changed for this long while one waited for it. */
  readonly staleMs: number;
  /** The longest wait for a lock. */
  readonly waitMs: number;
  /** What it protects, for messages. */
  readonly folder: string;
}

/** A lock that is held. */
export interface HeldLock {
  /** Whether a dead process held it before, whose work may have been left in the middle. */
  readonly isTakenOver: boolean;
  /** Keeps others from taking it for abandoned. */
  renew(): Promise<void>;
  release(): Promise<void>;
}

interface Claim extends LockFileOptions {
  readonly path: string;
  /** Of this holding alone: never used again. */
  readonly token: string;
  readonly deadline: number;
}

/**
 * Takes a lock: the file `path`, which appears with its owner in it. Who has to wait competes for the file `path.next` and, having that, for the
 * lock; who finds a `.next` stands back. So whoever gives a lock back and wants it again at once comes after one of those who waited.
 */
export async function takeLock(path: string, options: LockFileOptions): Promise<HeldLock> {
  const claim = { ...options, path, token: randomUUID(), deadline: performance.now() + options.waitMs };
  const isTakenOver = await take(claim);
  if (isTakenOver) await removeLeftovers(claim);
  return {
    isTakenOver,
    renew: () => claim.files.touch(path),
    release: () => release(claim, path),
  };
}

async function take(claim: Claim): Promise<boolean> {
  const next = `${claim.path}.next`;
  if (!existsSync(next) && (await tryCreate(claim, claim.path))) return false;
  await waitFor(claim, next);
  try {
    return await waitFor(claim, claim.path);
  } finally {
    await release(claim, next);
  }
}

function tryCreate({ files, self, token }: Claim, path: string): Promise<boolean> {
  return existsSync(path) ? Promise.resolve(false) : files.create(path, JSON.stringify({ ...self, token }));
}

async function release({ files, token }: Claim, path: string): Promise<void> {
  if (readLock(path)?.token === token) await files.remove(path);
}

/** Waits for a file until it is ours: whether it was taken from a dead process. */
async function waitFor(claim: Claim, path: string): Promise<boolean> {
  const isAbandoned = createWatch(claim);
  while (!(await tryCreate(claim, path))) {
    const lock = readLock(path);
    if (lock === undefined) continue;
    if (isAbandoned(lock)) {
      if (await takeOver(claim, path, lock)) return true;
      continue;
    }
    if (performance.now() > claim.deadline) throw lockedError(claim, lock);
    await sleep(path.endsWith('.next') ? 2 + Math.random() * 10 : 1);
  }
  return false;
}

/**
 * Takes a lock from a dead process, unless another was faster. The one heir of a lock is who holds the lock named after its token; only the
 * heir replaces it, and looks again before. An heir may die as well, and has an heir then.
 */
async function takeOver(claim: Claim, path: string, dead: Lock): Promise<boolean> {
  const heir = `${claim.path}.${dead.token}`;
  await waitFor(claim, heir);
  try {
    if (readLock(path)?.token !== dead.token) return false;
    await claim.files.replace(path, JSON.stringify({ ...claim.self, token: claim.token }));
    return true;
  } finally {
    await release(claim, heir);
  }
}

/** Removes what dead processes left beside a lock that is held. A living one that still uses such a file tries again. */
async function removeLeftovers({ path, files }: Claim): Promise<void> {
  const leftovers = readdirSync(dirname(path)).filter((name) => name.startsWith(`${basename(path)}.`));
  for (const name of leftovers) if (!name.endsWith('.next')) await files.remove(join(dirname(path), name));
}

interface Lock extends Partial<LockOwner> {
  readonly token: string;
  /** Changes whenever the file does. */
  readonly version: string;
}

const unreadableToken = 'unreadable';

function readLock(path: string): Lock | undefined {
  try {
    const { ino, mtimeMs } = statSync(path);
    return { token: unreadableToken, ...ownerIn(readFileSync(path, 'utf8')), version: `${ino} ${mtimeMs}` };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function ownerIn(text: string): Partial<Lock> {
  try {
    return JSON.parse(text) as Partial<Lock>;
  } catch {
    return {}; // where links are not possible, its writer may die between making and filling it
  }
}

/** Judges a lock again and again. The time it stood unchanged is measured here: clocks of machines differ, and jump. */
function createWatch({ self, staleMs }: Claim): (lock: Lock) => boolean {
  let version = '';
  let since = 0;
  return (lock) => {
    const life = lock.pid === undefined ? 'unknown' : lifeOf(lock as LockOwner, self);
    if (life !== 'unknown') return life === 'dead';
    const now = performance.now();
    if (version !== lock.version) [version, since] = [lock.version, now];
    return now - since > staleMs;
  };
}

function lockedError({ path, folder, waitMs }: Claim, waitedFor: Lock): MlflowError {
  const { pid, host } = readLock(path) ?? waitedFor;
  const holder = pid === undefined ? 'another process' : `process ${pid} on ${host ?? '?'}`;
  return new MlflowError(
    `Cannot write to "${folder}": ${holder} has held "${path}" for more than ${waitMs / 1000} s; end that process`,
    { code: 'MLFLOW_LOCKED', details: { path, pid, host } },
  );
}
