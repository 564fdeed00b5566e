import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireLock, releaseLock, takeoverPath, type HeldLock } from './service-lock.js';

const dead = JSON.stringify({ pid: process.pid, startedAt: 'another time' });

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'service-lock-'));
  path = join(folder, 'service.lock');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function take(): Promise<HeldLock> {
  const result = await acquireLock(path);
  if (!result.held) throw new Error('the lock is held');
  return result.lock;
}

/** The owner is dead from now on, but its lock is not gone. */
async function die(rival: number): Promise<void> {
  await writeFile(join(folder, `dead-${rival}`), dead);
  await rename(join(folder, `dead-${rival}`), path);
}

/** Eight rivals ask again and again; how often one held the lock, and how many at most at the same time. */
async function compete(
  leave: (lock: HeldLock, rival: number) => Promise<void>,
): Promise<[times: number, most: number]> {
  let [holders, times, most] = [0, 0, 0];
  const rival = async (_: unknown, number: number): Promise<void> => {
    for (let i = 0; i < 60; i++) {
      const result = await acquireLock(path);
      if (!result.held) continue;
      holders += 1;
      times += 1;
      most = Math.max(most, holders);
      await readFile(path); // others run meanwhile
      holders -= 1;
      await leave(result.lock, number);
    }
  };
  await Promise.all(Array.from({ length: 8 }, rival));
  return [times, most];
}

describe('acquireLock()', () => {
  it.each([
    ['give it back', releaseLock],
    ['die with it', (_lock: HeldLock, rival: number) => die(rival)],
  ])('is held by one at a time when many compete and %s', async (_how, leave) => {
    const [times, most] = await compete(leave);
    expect(times).toBeGreaterThan(1);
    expect(most).toBe(1);
  });

  it('names the owner, as long as it lives', async () => {
    const lock = await take();
    expect(await acquireLock(path)).toMatchObject({ held: false, owner: { pid: process.pid } });
    await releaseLock(lock);
    expect((await acquireLock(path)).held).toBe(true);
  });

  it('takes over from one that died while it took over', async () => {
    await die(0);
    await writeFile(takeoverPath(path, dead), dead);
    const { text } = await take();
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('leaves a dead lock to the one that is taking it over', async () => {
    const { text } = await take();
    await die(0);
    await writeFile(takeoverPath(path, dead), text);
    expect(await acquireLock(path)).toMatchObject({ held: false, owner: { pid: process.pid } });
    expect(await readFile(path, 'utf8')).toBe(dead);
  });

  it.each(['', '{"pid":', 'null', '{"pid":"x"}'])('takes over a lock that holds %j', async (text) => {
    await writeFile(path, text);
    expect((await acquireLock(path)).held).toBe(true);
  });

  it('leaves nothing beside the lock', async () => {
    await die(0);
    await Promise.all(Array.from({ length: 8 }, () => acquireLock(path)));
    expect(await readdir(folder)).toEqual(['service.lock']);
  });
});

describe('releaseLock()', () => {
  it('frees a lock that is ours', async () => {
    await releaseLock(await take());
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves a lock alone that another one holds by now', async () => {
    const ours = await take();
    await rm(path);
    await releaseLock(ours);
    const theirs = await take();
    await releaseLock(ours);
    expect(await readFile(path, 'utf8')).toBe(theirs.text);
  });
});
