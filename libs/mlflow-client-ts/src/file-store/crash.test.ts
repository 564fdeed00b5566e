import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failingDisk } from '../../testing/failing-disk.js';
import { killSteps, type Step } from '../../testing/kill-scenario.js';
import { killSuite } from '../../testing/kill-suite.js';
import { deathsIn, KilledStore, openFolder } from '../../testing/killed-store.js';

killSuite({ every: 5 }); // every death is tried by the target `contract`

describe('logBatch() of a process that dies', () => {
  let store: KilledStore;
  let step: Step;
  beforeAll(async () => {
    store = await KilledStore.prepare();
    step = killSteps.find(({ method }) => method === 'logBatch')!;
  });
  afterAll(() => {
    store.remove();
  });

  /** How much of the batch is there: its two new params, four new points and two changed tags. */
  async function written(): Promise<[number, number, number]> {
    const client = openFolder(store.root);
    const { runId } = store.base;
    const { params, tags } = await client.getRun(runId);
    const keys = ['loss', 'dir/new'];
    const histories = await Promise.all(keys.map((key) => client.getMetricHistory(runId, key)));
    const changedTags = [tags['old'] === 'y', tags['new'] === 'z'].filter(Boolean).length;
    return [Object.keys(params).length - 1, histories.flat().length - 1, changedTags];
  }

  it('leaves a beginning of it: params, then metrics, then tags', async () => {
    const living = failingDisk();
    await store.change(step, living);
    expect(await written()).toEqual([2, 4, 2]);
    const left: string[] = [];
    for (const death of deathsIn(living)) {
      await store.change(step, failingDisk(death));
      const [params, points, tags] = await written();
      if (points > 0) expect(params).toBe(2);
      if (tags > 0) expect(points).toBe(4);
      left.push(`${params} ${points} ${tags}`);
    }
    expect([...new Set(left)]).toEqual([
      '0 0 0',
      '1 0 0',
      '2 0 0',
      '2 1 0',
      '2 2 0',
      '2 3 0',
      '2 4 0',
      '2 4 1',
      '2 4 2',
    ]);
  });
});
