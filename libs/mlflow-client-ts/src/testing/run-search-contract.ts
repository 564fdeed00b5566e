import { expect, it } from 'vitest';
import { invalid, isOlderThan, point, type Start, type Subject } from './subject.js';

/** Three runs: a (rmse 1), b (rmse NaN), c (no rmse). */
async function threeRuns({ client, experimentId }: Subject): Promise<Record<'a' | 'b' | 'c', string>> {
  const ids = { a: '', b: '', c: '' };
  for (const [index, name] of (['a', 'b', 'c'] as const).entries()) {
    const { runId } = await client.createRun({ experimentId, runName: name, startTime: 1000 + index });
    ids[name] = runId;
    await client.logBatch(runId, {
      metrics: name === 'c' ? [] : [point('rmse', name === 'a' ? 1 : NaN)],
      params: { size: name === 'a' ? 'Big one' : 'small' },
      tags: { 'user.name': name, ...(name === 'c' && { only: 'c' }) },
    });
  }
  await client.updateRun(ids.c, { status: 'FAILED', endTime: 5000 });
  await client.logInputs(ids.b, [{ name: 'wells', digest: 'd1', sourceType: 'local', source: '{}', context: 'train' }]);
  return ids;
}

const filters: [filter: string, names: string][] = [
  ['', 'cba'],
  ['metrics.rmse < 2 and metrics.rmse > 0.5', 'a'],
  ['metrics.rmse >= 1e0', 'a'],
  ["params.size = 'small'", 'cb'],
  ["params.size LIKE 'Big%'", 'a'],
  ["params.size like '%ONE'", ''],
  ["params.size ILIKE '%O_e'", 'a'],
  ["params.size != 'small' AND status = 'RUNNING'", 'a'],
  ["tags.`user.name` = 'b'", 'b'],
  ['tags."user.name" = "b"', 'b'],
  ["attributes.status = 'FAILED'", 'c'],
  ["attributes.run_name = 'a'", 'a'],
  ['attributes.start_time >= 1001', 'cb'],
  ['end_time = 5000', 'c'],
  ["datasets.name = 'wells' and datasets.context IN ('train', 'test')", 'b'],
  ["params.constructor != 'x'", ''],
  ["params.size = 'small' AND", 'cb'],
];

const badFilters = [
  "metrics.rmse = 'a'",
  'params.size = 5',
  "params.size > 'a'",
  "lifecycle_stage = 'active'",
  "nonsense.key = 'a'",
  "params.size = 'a' or params.size = 'b'",
  'params.size',
  "datasets.size = 'a'",
];

/** What every store finds among runs. */
export function runSearchContract(start: Start): void {
  it('finds what filters ask for, newest first', async () => {
    const subject = await start();
    await threeRuns(subject);
    for (const [filter, names] of filters) {
      const found = await subject.client.searchRuns({ experimentIds: [subject.experimentId], filter }).all();
      expect([filter, found.map(({ runName }) => runName).join('')]).toEqual([filter, names]);
    }
  });

  it('finds runs without a tag, from MLflow 3 on', async () => {
    const subject = await start();
    await threeRuns(subject);
    const isOld = await isOlderThan(subject.client, 3, 0);
    for (const [filter, names] of [
      ['tags.only IS NULL', 'ba'],
      ['tags.only IS NOT NULL', 'c'],
    ] as const) {
      const found = subject.client.searchRuns({ experimentIds: [subject.experimentId], filter }).all();
      if (isOld) await expect(found).rejects.toMatchObject(invalid);
      else expect((await found).map(({ runName }) => runName).join('')).toBe(names);
    }
  });

  it('finds runs by a list of ids', async () => {
    const subject = await start();
    const { a, c } = await threeRuns(subject);
    const filter = `run_id IN ('${a}', '${c}')`;
    const found = await subject.client.searchRuns({ experimentIds: [subject.experimentId], filter }).all();
    expect(found.map(({ runId }) => runId)).toEqual([c, a]);
  });

  it.each(badFilters)('refuses the filter %s', async (filter) => {
    const subject = await start();
    await subject.client.createRun({ experimentId: subject.experimentId });
    const search = subject.client.searchRuns({ experimentIds: [subject.experimentId], filter }).all();
    await expect(search).rejects.toMatchObject(invalid);
  });

  it('sorts numbers before NaN before nothing, in both directions', async () => {
    const subject = await start();
    const { client, experimentId } = subject;
    await threeRuns(subject);
    const { runId } = await client.createRun({ experimentId, runName: 'd' });
    await client.logBatch(runId, { metrics: [point('rmse', 3)] });
    const sorted = async (...orderBy: string[]): Promise<string> =>
      (await client.searchRuns({ experimentIds: [experimentId], orderBy }).all())
        .map(({ runName }) => runName)
        .join('');
    expect(await sorted('metrics.rmse ASC')).toBe('adbc');
    expect(await sorted('metrics.rmse DESC')).toBe('dabc');
    expect(await sorted('attributes.start_time')).toBe('abcd');
    expect(await sorted('params.size DESC', 'tags.`user.name` DESC')).toBe('cbad');
  });

  it('returns at most as many runs as asked for', async () => {
    const subject = await start();
    await threeRuns(subject);
    const search = subject.client.searchRuns({ experimentIds: [subject.experimentId] });
    expect((await search.all(2)).map(({ runName }) => runName)).toEqual(['c', 'b']);
    expect(await subject.client.searchRuns({ experimentIds: ['987654321'] }).all()).toEqual([]);
  });
}
