import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMlflow, openRunLog, serveStore, spooledClient, type StoreFace } from '../src/index.js';
import { startSlowProxy, type SlowProxy } from '../testing/slow-proxy.js';

const delayMs = 3000;
const callCount = 5000;

let folder: string;
let face: StoreFace;
let slow: SlowProxy;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mlflow-slow-'));
  face = await serveStore(openMlflow({ trackingUri: `file:${folder}/mlruns`, fsync: false }));
  slow = await startSlowProxy(face.url, delayMs);
});
afterEach(async () => {
  await slow.close();
  await face.close();
  await rm(folder, { recursive: true });
});

function report(what: string, startMs: number): void {
  const seconds = (performance.now() - startMs) / 1000;
  console.log(`${what}: ${callCount} calls in ${seconds.toFixed(2)} s, ${Math.round(callCount / seconds)} a second`);
}

describe('a server that answers after three seconds', () => {
  it('holds no call of a run log up, and has everything in the end', async () => {
    const store = openMlflow({ trackingUri: slow.url, env: {} });
    const begin = { type: 'beginRun', experimentName: 'wells', startTime: 1, tags: {} } as const;
    const log = await openRunLog(store, begin, { folder: join(folder, 'spool'), patienceMs: 100 });
    expect(log.runId).toMatch(/^offline-/);
    const start = performance.now();
    for (let step = 0; step < callCount; step++) {
      log.append({ type: 'logBatch', batch: { metrics: [{ key: 'loss', value: step, timestamp: step, step }] } });
    }
    await log.flush();
    report('append', start);
    expect(slow.answered).toBeLessThanOrEqual(1);
    log.append({ type: 'updateRun', update: { status: 'FINISHED', endTime: 2 } });
    expect(await log.drain()).toBe(true);
    await log.close();
    expect(await readdir(join(folder, 'spool'))).toEqual([]);
    expect(await store.pageMetricHistory(log.runId, 'loss').all()).toHaveLength(callCount);
  });

  it('holds no call of a spooled client up, each of which is on the disk when it returns', async () => {
    const store = openMlflow({ trackingUri: slow.url, env: {} });
    const client = spooledClient(store, { folder: join(folder, 'spool'), patienceMs: 100 });
    const { runId } = await client.createRun({ experimentId: await client.ensureExperiment('wells') });
    const start = performance.now();
    for (let step = 0; step < callCount; step++) {
      await client.logMetric(runId, { key: 'loss', value: step, timestamp: step, step });
    }
    report('logMetric', start);
    await client.updateRun(runId, { status: 'FINISHED' });
    const run = await client.getRun(runId); // waits until the store has everything
    expect(run.status).toBe('FINISHED');
    expect(await store.pageMetricHistory(run.runId, 'loss').all()).toHaveLength(callCount);
  });
});
