import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBitRuns } from './make-bit-runs.js';
import { readUnitTable } from './read-unit-table.js';
import { writeUnitTable } from './write-unit-table.js';

describe('a table of units', () => {
  const runs = makeBitRuns({ count: 3, seed: 11 });
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'unit-table-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('comes back as it was written, to the last bit', async () => {
    const path = join(folder, 'runs.csv');
    await writeUnitTable(path, runs);
    const back = await readUnitTable(path, runs);
    expect(back.fingerprint).toBe(runs.fingerprint);
    expect(back.segments.map((segment) => segment.unit)).toEqual(runs.segments.map((segment) => segment.unit));
  });

  it('refuses a file without the column that names the unit', async () => {
    const path = join(folder, 'no-unit.csv');
    await writeFile(path, 'a,b\n1,2\n3,4\n');
    await expect(readUnitTable(path, runs)).rejects.toMatchObject({ code: 'DATASET_COLUMNS' });
  });
});
