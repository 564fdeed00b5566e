import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MlflowClient } from '../api/mlflow-client.js';
import { openMlflow } from '../open-mlflow.js';
import { openRunLog } from './open-run-log.js';

let folder: string;
let store: MlflowClient;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mlflow-spool-'));
  store = openMlflow({ trackingUri: `file:${folder}/mlruns` });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('openRunLog()', () => {
  it('brings everything to the store and leaves nothing behind', async () => {
    const spool = join(folder, 'spool');
    const log = await openRunLog(
      store,
      { type: 'beginRun', experimentName: 'wells', runName: 'a', startTime: 5, tags: { kind: 'test' } },
      { folder: spool },
    );
    expect(log.runId).not.toContain('offline');
    for (let step = 0; step < 10; step++) {
      const point = { key: 'loss', value: 1 / step, timestamp: step, step };
      log.append({ type: 'logBatch', batch: { metrics: [point], params: { lr: '0.1' } } });
    }
    log.append({ type: 'uploadArtifact', path: 'a/b.txt', blob: log.putBlob('hello') });
    log.append({ type: 'updateRun', update: { status: 'FINISHED', endTime: 20 } });
    expect(await log.drain()).toBe(true);
    const run = await store.getRun(log.runId);
    expect(run).toMatchObject({ runName: 'a', status: 'FINISHED', endTime: 20, startTime: 5, params: { lr: '0.1' } });
    expect(await store.getMetricHistory(log.runId, 'loss')).toHaveLength(10);
    expect(Buffer.from(await store.downloadArtifact(log.runId, 'a/b.txt')).toString()).toBe('hello');
    await log.close();
    expect(readdirSync(spool)).toEqual([]);
  });
});
