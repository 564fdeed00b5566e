import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TargetError } from './errors.js';
import { identifyProcess, isRunning, type ProcessIdentity } from './process-identity.js';

/** A lock that is ours. No other lock ever has the same text. */
export interface HeldLock {
  readonly path: string;
  readonly text: string;
}

/** Who holds a lock, or that we hold it now. */
export type LockResult =
  { readonly held: true; readonly lock: HeldLock } | { readonly held: false; readonly owner: ProcessIdentity };

/**
 * Takes the lock of a service. A lock whose owner is dead is taken over.
 *
 * A lock is a whole file that is linked or renamed into place, so that nobody reads half of one. Only its living owner
 * removes it; only who holds the takeover lock of its text replaces it, once its owner is dead.
 */
export async function acquireLock(path: string): Promise<LockResult> {
  await mkdir(dirname(path), { recursive: true });
  const token = randomBytes(8).toString('hex');
  const lock = { path, text: JSON.stringify({ ...identifyProcess(process.pid), token }) };
  const draft = `${path}.${token}.tmp`;
  await writeFile(draft, lock.text);
  try {
    return await placeLock(lock, draft);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Gives the lock back, if it is still ours. */
export async function releaseLock({ path, text }: HeldLock): Promise<void> {
  if ((await readText(path)) === text) await rm(path, { force: true });
}

/** The lock that is needed to take over the lock `text` at `path`. */
export function takeoverPath(path: string, text: string): string {
  return `${path}.${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

/** The error of everything that needs the lock another process holds. */
export function busyError(action: string, owner: ProcessIdentity): TargetError {
  const message = `Cannot ${action}: process ${owner.pid} is changing this service; wait until it has finished, or interrupt it`;
  return new TargetError(message, { code: 'TARGET_BUSY', details: { pid: owner.pid } });
}

async function placeLock(lock: HeldLock, draft: string): Promise<LockResult> {
  for (;;) {
    if (await linkInto(draft, lock.path)) return { held: true, lock };
    const found = await readText(lock.path);
    if (found === undefined) continue; // it was given back since
    const owner = ownerIn(found);
    if (owner !== undefined && isRunning(owner)) return { held: false, owner };
    const result = await takeOver(lock, draft, found);
    if (result !== undefined) return result;
  }
}

/** `undefined`: somebody else took it over before us. */
async function takeOver(lock: HeldLock, draft: string, found: string): Promise<LockResult | undefined> {
  const right = await acquireLock(takeoverPath(lock.path, found));
  if (!right.held) return right;
  try {
    if ((await readText(lock.path)) !== found) return undefined;
    await rename(draft, lock.path);
    return { held: true, lock };
  } finally {
    await releaseLock(right.lock);
  }
}

/** `link` fails where `to` exists; `rename` would replace it. */
async function linkInto(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** `undefined` where the text is damaged: no program of ours leaves it so, and its owner cannot be asked. */
function ownerIn(text: string): ProcessIdentity | undefined {
  try {
    const { pid, startedAt } = JSON.parse(text) as Partial<ProcessIdentity>;
    return Number.isInteger(pid) && startedAt !== undefined ? { pid: pid!, startedAt } : undefined;
  } catch {
    return undefined;
  }
}
