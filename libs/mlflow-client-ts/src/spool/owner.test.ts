import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeOwnership, type Ownership } from './owner.js';

let folder: string;
let path: string;
let taken: Ownership[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mlflow-owner-'));
  path = join(folder, 'owner.json');
  taken = [];
});
afterEach(async () => {
  for (const ownership of taken) await ownership.release();
  rmSync(folder, { recursive: true });
});

async function take(): Promise<boolean> {
  const ownership = await takeOwnership(path);
  if (ownership !== undefined) taken.push(ownership);
  return ownership !== undefined;
}

function changeOwner(change: object): void {
  writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), ...change }));
}

function setAge(ageMs: number): void {
  const then = new Date(Date.now() - ageMs);
  utimesSync(path, then, then);
}

describe('takeOwnership()', () => {
  it('gives a journal to one at a time, and to the next one when it is released', async () => {
    expect([await take(), await take()]).toEqual([true, false]);
    await taken[0]?.release();
    expect(await take()).toBe(true);
  });

  it('gives it to one of many that ask at once', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, take));
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  it('takes it over from a process that has ended, and that one holds it no more', async () => {
    await take();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    changeOwner({ pid, token: 'of the dead' });
    const results = await Promise.all(Array.from({ length: 20 }, take));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await taken[0]?.holds()).toBe(false);
    expect(await taken[1]?.holds()).toBe(true);
  });

  it.runIf(process.platform === 'linux')('takes it over when another process has that number now', async () => {
    await take();
    changeOwner({ started: '1' });
    expect(await take()).toBe(true);
  });

  it('takes it over from another machine only after a long silence', async () => {
    await take();
    changeOwner({ machine: 'elsewhere' });
    expect(await take()).toBe(false);
    setAge(14 * 60_000);
    expect(await take()).toBe(false);
    setAge(16 * 60_000);
    expect(await take()).toBe(true);
  });

  it('takes over what a process left that ended while it wrote its name', async () => {
    writeFileSync(path, '');
    expect(await take()).toBe(false);
    setAge(11_000);
    expect(await take()).toBe(true);
  });
});
