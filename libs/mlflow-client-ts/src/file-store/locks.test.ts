import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failingDisk, type Death } from '../../testing/failing-disk.js';
import { createStoreFiles } from '../fs/store-files.js';
import { thisProcess, type LockOwner } from './lock-owner.js';
import { createLocks, type Locks, type LockSettings } from './locks.js';

let root: string;
let folder: string;
let lock: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mlflow-locks-'));
  folder = join(root, '1', 'run');
  lock = join(root, '.lock-1%2Frun');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const files = createStoreFiles({ fsync: false });
const patient = { staleMs: 60_000, waitMs: 60 };
const done = (): Promise<string> => Promise.resolve('done');
const self = thisProcess();

function newLocks(settings: LockSettings = patient): Locks {
  return createLocks({ root, files }, settings);
}

/** A process that has ended. */
function deadProcess(): LockOwner {
  return { ...self, pid: spawnSync(process.execPath, ['-e', '']).pid };
}

function writeLock(owner: LockOwner | object | string, path = lock): void {
  writeFileSync(path, typeof owner === 'string' ? owner : JSON.stringify({ token: 'theirs', ...owner }));
}

function lockFiles(): string[] {
  return readdirSync(root).filter((name) => name.startsWith('.lock'));
}

function namesBelow(path: string): string[] {
  return existsSync(path) ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [];
}

/** Runs work under the lock in a process that dies at one step: whether it came so far. */
async function diesUnderLock(death: Death, owner: LockOwner): Promise<boolean> {
  const dying = createStoreFiles({ fsync: false, disk: failingDisk(death) });
  const locks = createLocks({ root, files: dying }, { ...patient, self: owner });
  const outcome = locks.run(folder, () => dying.replace(join(folder, 'a'), 'dead'));
  return outcome.then(
    () => false,
    (error: unknown) => String(error).includes('dead'),
  );
}

describe('a lock', () => {
  it('lets one piece of work in at a time, also from two stores', async () => {
    const one = newLocks({});
    const other = newLocks({});
    const log: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      log.push(`${name} in`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`${name} out`);
    };
    await Promise.all([one.run(folder, work('a')), other.run(folder, work('b')), one.run(folder, work('c'))]);
    expect(log).toHaveLength(6);
    for (let i = 0; i < log.length; i += 2) expect(log[i + 1]).toBe(log[i]?.replace('in', 'out'));
    expect(lockFiles()).toEqual([]);
  });

  it('lets work with different folders in at the same time', async () => {
    const locks = newLocks();
    const inner = (): Promise<string> => locks.run(join(root, '2'), done);
    expect(await locks.run(folder, inner)).toBe('done');
  });

  it('is a file in the root of the store, with its owner in it, and makes no folder', async () => {
    const owner = await newLocks().run(folder, () => Promise.resolve(readFileSync(lock, 'utf8')));
    expect(JSON.parse(owner)).toMatchObject({ pid: process.pid, host: self.host });
    expect(readdirSync(root)).toEqual([]);
  });

  it('keeps apart folders whose names only look alike', async () => {
    const locks = newLocks();
    const names = ['models/m', 'models/m.next', 'models/m*', 'models/m%2A', 'models%2Fm', `models/${'x'.repeat(250)}`];
    const nested = names.reduceRight((work, name) => (): Promise<string> => locks.run(join(root, name), work), done);
    expect(await nested()).toBe('done');
  });

  it('is given back when the work fails', async () => {
    const locks = newLocks();
    await expect(locks.run(folder, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await locks.run(folder, done)).toBe('done');
  });

  it('is given back when its folder was moved to the trash meanwhile', async () => {
    const locks = newLocks();
    mkdirSync(folder, { recursive: true });
    mkdirSync(join(root, '.trash'));
    const moved = join(root, '.trash', '1');
    await locks.run(folder, () => {
      renameSync(join(root, '1'), moved);
      return Promise.resolve();
    });
    expect(await locks.run(join(moved, 'run'), done)).toBe('done');
    expect(lockFiles()).toEqual([]);
  });

  it('of a folder in the trash is that of the folder before', async () => {
    const trashed = join(root, '.trash', '1', 'run');
    const names = await newLocks().run(trashed, () => Promise.resolve(lockFiles()));
    expect(names).toEqual(['.lock-1%2Frun']);
  });

  it('waits until the work survives a power cut', async () => {
    const log: string[] = [];
    const noting = { ...files, settled: () => Promise.resolve(void log.push('settled')) };
    await createLocks({ root, files: noting }).run(folder, () => Promise.resolve(void log.push('work')));
    expect(log).toEqual(['work', 'settled']);
  });
});

describe('a lock of a process that has died', () => {
  it('is taken over at once', async () => {
    writeLock(deadProcess());
    expect(await newLocks().run(folder, done)).toBe('done');
    expect(lockFiles()).toEqual([]);
  });

  it('is taken over when its id is that of another process by now', async () => {
    writeLock({ ...self, pid: process.ppid, started: '1' });
    expect(await newLocks().run(folder, done)).toBe('done');
  });

  it.each(['before', 'middle'] as const)(
    'is taken over when its process died %s any step, with all that it left',
    async (mode) => {
      const owner = deadProcess();
      let point = 1;
      for (; await diesUnderLock({ point, mode }, owner); point++) {
        expect(await newLocks().run(folder, done)).toBe('done');
        expect(existsSync(lock)).toBe(false);
        expect(namesBelow(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
      }
      expect(point).toBeGreaterThan(6);
    },
  );

  it('is taken over although the process that was to take it over died as well, at any step', async () => {
    const [first, second] = [deadProcess(), deadProcess()];
    let point = 1;
    writeLock(first);
    for (; await diesUnderLock({ point, mode: 'middle' }, second); point++) {
      expect(await newLocks().run(folder, done)).toBe('done');
      expect(await newLocks().run(folder, done)).toBe('done');
      expect(existsSync(lock)).toBe(false);
      writeLock(first);
    }
    expect(point).toBeGreaterThan(12);
  });

  it('is taken over by one of many', async () => {
    writeLock(deadProcess());
    let inside = 0;
    const work = async (): Promise<void> => {
      inside++;
      expect(inside).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
    };
    await Promise.all(Array.from({ length: 12 }, () => newLocks({}).run(folder, work)));
    expect(lockFiles()).toEqual([]);
  });
});

describe('a lock of a process that cannot be asked', () => {
  const elsewhere = { ...self, space: 'another machine', host: 'elsewhere', pid: 1 };

  it.each([
    ['of another machine', elsewhere],
    ['that its writer left empty', ''],
    ['of a process of which only the id is known', { ...self, pid: process.ppid, started: '' }],
  ])('%s is taken over when it was not renewed while one waited', async (_, owner) => {
    writeLock(owner);
    expect(await newLocks({ staleMs: 30, waitMs: 5000 }).run(folder, done)).toBe('done');
    expect(lockFiles()).toEqual([]);
  });

  it('is respected however old its file looks, because clocks differ', async () => {
    writeLock(elsewhere);
    utimesSync(lock, 0, 0);
    await expect(newLocks().run(folder, done)).rejects.toMatchObject({ code: 'MLFLOW_LOCKED' });
  });

  it('is respected while it is renewed', async () => {
    const space = 'another machine';
    const holder = newLocks({ staleMs: 100, waitMs: 60, self: { ...self, space } });
    const waiting = newLocks({ staleMs: 100, waitMs: 400 });
    await holder.run(folder, () =>
      expect(waiting.run(folder, done)).rejects.toMatchObject({ code: 'MLFLOW_LOCKED', details: { pid: self.pid } }),
    );
  });

  it('that someone else took over meanwhile is not removed', async () => {
    await newLocks().run(folder, () => {
      writeLock(elsewhere);
      return Promise.resolve();
    });
    expect(lockFiles()).toEqual(['.lock-1%2Frun']);
  });
});

describe('a lock of a living process', () => {
  it('is respected, with MLFLOW_LOCKED in the end', async () => {
    writeLock(self);
    await expect(newLocks().run(folder, done)).rejects.toMatchObject({
      code: 'MLFLOW_LOCKED',
      message: expect.stringContaining(`process ${process.pid} on ${self.host} has held`) as string,
      details: { path: lock, pid: process.pid, host: self.host },
    });
    expect(lockFiles()).toEqual(['.lock-1%2Frun']);
  });

  it('goes to one who waits before the one who had it last', async () => {
    const [first, second] = [newLocks({}), newLocks({})];
    const log: string[] = [];
    const note = (name: string) => () => Promise.resolve(void log.push(name));
    let waiting = Promise.resolve();
    await first.run(folder, async () => {
      waiting = second.run(folder, note('second'));
      while (!lockFiles().includes('.lock-1%2Frun.next')) await new Promise((resolve) => setImmediate(resolve));
    });
    await Promise.all([first.run(folder, note('first again')), waiting]);
    expect(log).toEqual(['second', 'first again']);
  });
});
