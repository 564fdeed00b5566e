import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TargetError } from './errors.js';
import { identifyProcess, isRunning, type ProcessIdentity } from './process-identity.js';

/** Who holds a lock, or that we hold it now. */
export type LockResult = { readonly held: true } | { readonly held: false; readonly owner: ProcessIdentity };

/** Takes the lock of a service. A lock whose owner is dead is taken over. */
export async function acquireLock(path: string): Promise<LockResult> {
  await mkdir(dirname(path), { recursive: true });
  if (await createLock(path)) return { held: true };
  const owner = await readOwner(path);
  if (owner !== undefined && isRunning(owner)) return { held: false, owner };
  await rm(path, { force: true });
  if (await createLock(path)) return { held: true };
  return { held: false, owner: (await readOwner(path)) ?? { pid: 0, startedAt: '' } };
}

/** Gives the lock back. */
export async function releaseLock(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** The error of everything that needs the lock another process holds. */
export function busyError(action: string, owner: ProcessIdentity): TargetError {
  const message = `Cannot ${action}: process ${owner.pid} is changing this service; wait until it has finished, or interrupt it`;
  return new TargetError(message, { code: 'TARGET_BUSY', details: { pid: owner.pid } });
}

async function createLock(path: string): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(identifyProcess(process.pid)), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readOwner(path: string): Promise<ProcessIdentity | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
