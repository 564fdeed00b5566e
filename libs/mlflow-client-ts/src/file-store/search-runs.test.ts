import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plantExperiment, plantRun, storeContext, type PlantedRun } from '../../testing/store-folder.js';
import type { RunSearch } from '../api/runs.js';
import { runValues } from '../search/entity-values.js';
import { searchInMemory } from '../search/search.js';
import { readRun } from './read-run.js';
import { listRunFolders } from './run-folder.js';
import { searchRuns } from './search-runs.js';
import type { StoreContext } from './store-context.js';

let root: string;
let context: StoreContext;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mlflow-search-'));
  context = storeContext(root);
  plantExperiment(root, '1');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

async function ids(search: Omit<RunSearch, 'experimentIds'> = {}): Promise<string[]> {
  const found = await searchRuns(context, { experimentIds: ['1'], ...search }).all();
  return found.map(({ runId }) => runId);
}

/** Reads every run whole, then looks at them. */
function naiveIds({ viewType = 'ACTIVE_ONLY', ...search }: Omit<RunSearch, 'experimentIds'>): string[] {
  const runs = listRunFolders(join(root, '1')).map(readRun);
  const visible = runs.filter(
    (run) => viewType === 'ALL' || (viewType === 'ACTIVE_ONLY') === (run.lifecycleStage === 'active'),
  );
  return searchInMemory('runs', visible, runValues, search).map(({ runId }) => runId);
}

const keys = fc.constantFrom('a', 'b', 'dir/c', 'with space');
const texts = fc.constantFrom('x', 'y', '', 'Xy');
const value = fc.constantFrom('1', '2', 'nan', 'inf', '-1.5');
const line = fc.tuple(fc.nat(2), value, fc.nat(2)).map((fields) => `${fields.join(' ')}\n`);
const metricText = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '9 9'))
  .map(([lines, torn]) => lines.join('') + torn);
const planted = fc.record({
  runName: texts,
  startTime: fc.nat(2),
  endTime: fc.nat(2),
  status: fc.constantFrom('RUNNING' as const, 'FINISHED' as const),
  lifecycleStage: fc.constantFrom('active', 'active', 'deleted'),
  metrics: fc.dictionary(keys, metricText, { maxKeys: 2 }),
  params: fc.dictionary(keys, texts, { maxKeys: 2 }),
  tags: fc.dictionary(fc.oneof(keys, fc.constant('mlflow.runName')), texts, { maxKeys: 2 }),
});
const quoted = (key: string): string => `\`${key}\``;
const clause = fc.oneof(
  fc
    .tuple(keys, fc.constantFrom('<', '>=', '=', '!='))
    .map(([key, operator]) => `metrics.${quoted(key)} ${operator} 1`),
  fc
    .tuple(
      fc.constantFrom('params', 'tags'),
      keys,
      fc.constantFrom("= 'x'", "!= 'x'", "LIKE '%y'", "ILIKE 'x%'", 'IS NULL', 'IS NOT NULL'),
    )
    .map(([kind, key, rest]) => `${kind}.${quoted(key)} ${rest}`),
  fc.constantFrom("run_name = 'x'", "status = 'FINISHED'", 'start_time > 0', 'end_time <= 1', "run_id != 'run1'"),
);
const order = fc
  .tuple(
    fc.oneof(
      keys.map((key) => `metrics.${quoted(key)}`),
      keys.map((key) => `tags.${quoted(key)}`),
      fc.constantFrom('run_name', 'end_time'),
    ),
    fc.constantFrom('', ' DESC'),
  )
  .map((parts) => parts.join(''));
const search = fc.record({
  filter: fc.array(clause, { maxLength: 3 }).map((clauses) => clauses.join(' AND ')),
  orderBy: fc.uniqueArray(order, { maxLength: 2, selector: (text) => text.replace(' DESC', '') }),
  viewType: fc.constantFrom('ACTIVE_ONLY' as const, 'DELETED_ONLY' as const, 'ALL' as const),
});

describe('searchRuns()', () => {
  it('finds what reading every run whole finds, in the same order', async () => {
    const stores = fc.tuple(fc.array(planted, { maxLength: 8 }), fc.array(search, { minLength: 1, maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(stores, async ([runs, searches]) => {
        rmSync(root, { recursive: true });
        plantExperiment(root, '1');
        runs.forEach((run, index) => {
          plantRun(root, '1', { runId: `run${index}`, ...run });
        });
        context = storeContext(root);
        for (const each of searches) expect(await ids(each)).toEqual(naiveIds(each));
      }),
      { numRuns: 40 },
    );
  });

  it('gives runs whole, page by page', async () => {
    const runs: PlantedRun[] = [1, 2, 3].map((n) => ({
      runId: `run${n}`,
      metrics: { m: `1 ${n} 0\n` },
      tags: { t: 'x' },
    }));
    for (const run of runs) plantRun(root, '1', run);
    const found = searchRuns(context, { experimentIds: ['1', '1', 'absent'], orderBy: ['metrics.m DESC'] });
    const first = await found.page({ maxResults: 2 });
    expect(first.items.map(({ metrics, tags }) => [metrics['m'], tags['t']])).toEqual([
      [3, 'x'],
      [2, 'x'],
    ]);
    const second = await found.page({
      maxResults: 2,
      ...(first.nextPageToken !== undefined && { pageToken: first.nextPageToken }),
    });
    expect(second.items.map(({ runId }) => runId)).toEqual(['run1']);
    expect(second.nextPageToken).toBeUndefined();
  });

  it('sees at once what other programs change', async () => {
    plantRun(root, '1', { runId: 'run1', metrics: { m: '1 1 0\n' }, tags: { t: 'x' } });
    const filter = "metrics.m > 1 AND tags.t = 'y'";
    expect(await ids({ filter })).toEqual([]);
    appendFileSync(join(root, '1/run1/metrics/m'), '2 2 1\n');
    writeFileSync(join(root, '1/run1/tags/t'), 'y');
    expect(await ids({ filter })).toEqual(['run1']);
    rmSync(join(root, '1/run1/tags/t'));
    expect(await ids({ filter })).toEqual([]);
  });

  it.each(['../meta.yaml', '/etc/hostname', 'a/../t', './t', 't/'])(
    'reads no other file for the key %s',
    async (key) => {
      plantRun(root, '1', { runId: 'run1', tags: { t: 'x' } });
      expect(await ids({ filter: `tags.\`${key}\` IS NOT NULL` })).toEqual([]);
    },
  );
});
