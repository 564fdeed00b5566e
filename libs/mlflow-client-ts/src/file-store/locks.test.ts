import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocks } from './locks.js';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mlflow-locks-'));
  lock = join(folder, '.lock');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const settings = { staleMs: 60_000, waitMs: 60 };
const done = (): Promise<string> => Promise.resolve('done');

/** The id of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

function writeLock(owner: object | string, ageMs = 0): void {
  writeFileSync(lock, typeof owner === 'string' ? owner : JSON.stringify(owner));
  const seconds = (Date.now() - ageMs) / 1000;
  utimesSync(lock, seconds, seconds);
}

describe('a lock', () => {
  it('lets one piece of work in at a time, also from two stores', async () => {
    const one = createLocks();
    const other = createLocks();
    const log: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      log.push(`${name} in`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`${name} out`);
    };
    await Promise.all([one.run(folder, work('a')), other.run(folder, work('b')), one.run(folder, work('c'))]);
    expect(log).toHaveLength(6);
    for (let i = 0; i < log.length; i += 2) expect(log[i + 1]).toBe(log[i]?.replace('in', 'out'));
    expect(existsSync(lock)).toBe(false);
  });

  it('is given back when the work fails', async () => {
    const locks = createLocks(settings);
    await expect(locks.run(folder, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await locks.run(folder, done)).toBe('done');
  });

  it('is taken over when its process has died', async () => {
    writeLock({ pid: deadPid(), host: hostname(), token: 't' });
    expect(await createLocks(settings).run(folder, done)).toBe('done');
    expect(existsSync(lock)).toBe(false);
  });

  it.each([
    ['of another host', { pid: 1, host: 'elsewhere', token: 't' }],
    ['that its writer left empty', ''],
  ])('%s is taken over when it is old', async (_, owner) => {
    writeLock(owner, settings.staleMs + 1000);
    expect(await createLocks(settings).run(folder, done)).toBe('done');
  });

  it('of a living process is respected, with MLFLOW_LOCKED in the end', async () => {
    writeLock({ pid: process.ppid, host: hostname(), token: 't' });
    await expect(createLocks(settings).run(folder, done)).rejects.toMatchObject({
      code: 'MLFLOW_LOCKED',
      details: { path: lock, pid: process.ppid },
    });
    expect(existsSync(lock)).toBe(true);
  });

  it('is taken over although another process died while removing it', async () => {
    writeLock({ pid: deadPid(), host: hostname(), token: 't' });
    const breaker = `${lock}.breaker`;
    writeFileSync(breaker, '');
    const longAgo = Date.now() / 1000 - 3600;
    utimesSync(breaker, longAgo, longAgo);
    expect(await createLocks({ ...settings, waitMs: 5000 }).run(folder, done)).toBe('done');
  });

  it('that someone else took over meanwhile is not removed', async () => {
    const other = { pid: 1, host: 'elsewhere', token: 'theirs' };
    await createLocks(settings).run(folder, () => {
      writeLock(other);
      return Promise.resolve();
    });
    expect(existsSync(lock)).toBe(true);
  });
});
