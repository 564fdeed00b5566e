import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeRopReport } from './rop-files.js';
import { ropPage } from './rop-page.js';
import { ropRecipe } from './rop-protocol.js';
import { wellsByRule, type RopReport, type RopWellResult } from './rop-report.js';
import { ropTable } from './rop-table.js';

const result = (well: string, error: number): RopWellResult => ({
  well,
  rows: 100,
  chunks: 4,
  chunkRows: 20,
  holdLast: error + 1,
  rawNeighbours: error + 3,
  scaledNeighbours: error + 2,
  networks: { lstm: [error, error + 0.5, error - 0.5] },
  ensemble: error - 1,
  trainingSeconds: 60,
});
const usrop: RopReport = {
  benchmark: 'rop',
  dataset: 'usrop',
  seeds: [1, 2, 3],
  recipes: { lstm: ropRecipe('lstm', 'usrop') },
  revision: '0123456789',
  machine: { processor: 'some', cores: 2, node: '20', backend: 'wasm' },
  wells: [result('F-9', 10), result('F-15', 4), result('F-15, 577 rows', 6)],
};

describe('ropTable()', () => {
  it('takes each well once into either mean', () => {
    expect(wellsByRule(usrop.wells, 'length').map(({ well }) => well)).toEqual(['F-9', 'F-15']);
    expect(wellsByRule(usrop.wells, 'rows').map(({ well }) => well)).toEqual(['F-9', 'F-15, 577 rows']);
    const { head, rows } = ropTable(usrop);
    expect(head).toEqual(['well', 'chunks', 'hold-last', 'kNN', 'kNN, scaled', 'lstm', 'all networks', 'boosting, published']); // prettier-ignore
    expect(rows).toEqual([
      ['F-9', '4', '11.00', '13.00', '12.00', '10.00 (9.50-10.50)', '9.00', '10.17'],
      ['F-15', '4', '5.00', '7.00', '6.00', '4.00 (3.50-4.50)', '3.00', '4.42'],
      ['F-15, 577 rows', '4', '7.00', '9.00', '8.00', '6.00 (5.50-6.50)', '5.00', ''],
      ['mean, 30 m', '', '8.00', '10.00', '9.00', '7.00 (6.50-7.50)', '6.00', '7.03'],
      ['mean, 577 rows', '', '9.00', '11.00', '10.00', '8.00 (7.50-8.50)', '7.00', ''],
    ]);
  });
});

describe('ropPage()', () => {
  it('says whether the goal is reached', () => {
    expect(ropPage([usrop])).toContain('below 6.5 m/h, is reached: 6.00 m/h');
    const forge: RopReport = { ...usrop, dataset: 'forge', wells: [result('58-32', 4.31)] };
    const page = ropPage([usrop, forge]);
    expect(page).toContain('below 3.3 m/h, is missed: 3.31 m/h');
    expect(page).not.toContain('undefined');
  });
});

describe('writeRopReport()', () => {
  it('writes the page from the reports that are there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'i-drill-rop-'));
    try {
      await writeRopReport(folder, usrop);
      expect(await readFile(join(folder, 'rop.md'), 'utf8')).toBe(ropPage([usrop]));
      const forge: RopReport = { ...usrop, dataset: 'forge', wells: [result('58-32', 4)] };
      await writeRopReport(folder, forge);
      expect(await readFile(join(folder, 'rop.md'), 'utf8')).toBe(ropPage([usrop, forge]));
      expect(JSON.parse(await readFile(join(folder, 'rop-forge.json'), 'utf8'))).toEqual(forge);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
