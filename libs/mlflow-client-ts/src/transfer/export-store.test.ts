import { describe, expect, it } from 'vitest';
import { describeStore } from '../../testing/describe-store.js';
import { exportFaultSuite } from '../../testing/export-fault-suite.js';
import { filledStores } from '../../testing/filled-stores.js';
import { exportStore } from './export-store.js';

describe('exportStore()', () => {
  const stores = filledStores();

  it('brings everything, and nothing a second time', async () => {
    const { from, openStore } = stores();
    const to = openStore('to');
    const first = await exportStore(from, to, { includeDeleted: true });
    expect(first.problems).toEqual([]);
    expect(await describeStore(to)).toEqual(await describeStore(from));
    expect(first.exported).toMatchObject({ runs: 3, loggedModels: 1, registeredModels: 2, modelVersions: 3 });
    const second = await exportStore(from, to, { includeDeleted: true });
    expect(second.exported).toMatchObject({ experiments: 0, runs: 0, metricPoints: 0, artifacts: 0, modelVersions: 0 });
    expect(second.present).toEqual({ runs: 3, loggedModels: 1, modelVersions: 3 });
    expect(await describeStore(to)).toEqual(await describeStore(from));
  });
});

// Every call, in the end-to-end tests.
exportFaultSuite({ every: 10 });
