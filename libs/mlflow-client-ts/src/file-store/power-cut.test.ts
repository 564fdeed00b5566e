import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killSteps } from '../../testing/kill-scenario.js';
import { KilledStore, openFolder } from '../../testing/killed-store.js';
import { powerDisk } from '../../testing/power-disk.js';

describe('a power cut', () => {
  let store: KilledStore;
  beforeAll(async () => {
    store = await KilledStore.prepare();
  });
  afterAll(() => {
    store.remove();
  });

  it.each(killSteps.map((step, index) => [step.method, index, step] as const))(
    'takes nothing of %s (%i) once it is acknowledged',
    async (_, __, step) => {
      store.reset();
      const disk = powerDisk();
      await step.change(openFolder(store.root, { disk, fsync: true }), store.base);
      expect(
        [...disk.unsynced].filter((path) => existsSync(path)).map((path) => path.slice(store.root.length)),
      ).toEqual([]);
      expect(disk.hasty).toEqual([]);
    },
  );

  it('can take what was written without fsync', async () => {
    store.reset();
    const disk = powerDisk();
    await openFolder(store.root, { disk, fsync: false }).setTag(store.base.runId, 'a', 'b');
    expect(disk.unsynced.size).toBeGreaterThan(0);
  });
});
