import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBitRuns } from './make-bit-runs.js';
import { readUnitTable } from './read-unit-table.js';
import { writeUnitParquet } from './write-unit-parquet.js';

describe('writeUnitParquet()', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "unit-parquet-it's-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('writes what comes back to the last bit, and leaves nothing else behind', async () => {
    const runs = makeBitRuns({ count: 3, seed: 11 });
    const path = join(folder, 'runs.parquet');
    await writeUnitParquet(path, runs);
    const back = await readUnitTable(path, runs);
    expect(back.fingerprint).toBe(runs.fingerprint);
    expect(await readdir(folder)).toEqual(['runs.parquet']);
  });
});
