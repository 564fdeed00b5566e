import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { orIfMissing } from '../fs/missing-file.js';
import { bootId, hasProcess, processSpace, startOf } from '../processes/process-identity.js';

// An owner on another machine cannot be asked whether it lives: it touches the file, and counts as dead when it has long not done so.
const heartbeatMs = 30_000;
const silenceMs = 15 * 60_000;
const unfinishedMs = 10_000;

interface Owner {
  readonly pid: number;
  readonly machine: string;
  readonly boot: string;
  /** Tells a process from a later one of the same number. */
  readonly started: string;
  readonly token: string;
}

/** The right of this process to ship a journal. */
export interface Ownership {
  /** `false` when another process, which took this one for dead, has it now. */
  holds(): Promise<boolean>;
  release(): Promise<void>;
}

/** Becomes the only process that ships a journal; `undefined` when another one does. A dead owner is replaced. */
export async function takeOwnership(path: string): Promise<Ownership | undefined> {
  const owner: Owner = { pid: process.pid, machine, boot, started: startOf(process.pid) ?? '', token: randomUUID() };
  if (!(await create(path, owner)) && !(await replaceDead(path, owner))) return undefined;
  const holds = async (): Promise<boolean> => (await readOwner(path))?.token === owner.token;
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined); // `holds` tells when the file is gone
  }, heartbeatMs);
  heartbeat.unref();
  return {
    holds,
    async release() {
      clearInterval(heartbeat);
      if (await holds()) await rm(path, { force: true });
    },
  };
}

async function create(path: string, content: Owner | string): Promise<boolean> {
  try {
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Only one process at a time replaces a dead owner, and looks again before: another may have done so. */
async function replaceDead(path: string, owner: Owner): Promise<boolean> {
  if (!(await isDead(path))) return false;
  const breaker = `${path}.breaker`;
  if (!(await create(breaker, ''))) {
    if (await isOlderThan(breaker, unfinishedMs)) await rm(breaker, { force: true });
    return false;
  }
  try {
    if (!(await isDead(path))) return false;
    await rm(path, { force: true });
    return await create(path, owner);
  } finally {
    await rm(breaker, { force: true });
  }
}

async function isDead(path: string): Promise<boolean> {
  const owner = await readOwner(path);
  if (owner === undefined) return isOlderThan(path, unfinishedMs);
  if (owner.machine !== machine) return isOlderThan(path, silenceMs);
  return owner.boot !== boot || !hasProcess(owner.pid) || owner.started !== (startOf(owner.pid) ?? '');
}

async function isOlderThan(path: string, ms: number): Promise<boolean> {
  const file = await orIfMissing(stat(path), undefined);
  return file !== undefined && Date.now() - file.mtimeMs > ms;
}

async function readOwner(path: string): Promise<Owner | undefined> {
  const text = await orIfMissing(readFile(path, 'utf8'), '');
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return undefined; // its writer died between creating and filling it
  }
}

// Containers of one host have process numbers of their own.
const machine = `${hostname()} ${processSpace()}`;
const boot = bootId();
