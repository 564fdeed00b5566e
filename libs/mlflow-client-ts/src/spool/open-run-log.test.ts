import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultyClient } from '../../testing/faulty-client.js';
import type { Metric } from '../api/metrics.js';
import type { MlflowClient } from '../api/mlflow-client.js';
import { MlflowError } from '../errors.js';
import { openMlflow } from '../open-mlflow.js';
import { openRunLog, type RunLogOptions } from './open-run-log.js';
import type { BeginRun } from './operation.js';
import { readRejected, type RejectedOperation } from './refusals.js';
import type { RunLog } from './run-log.js';

let folder: string;
let spool: string;
let store: MlflowClient;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mlflow-spool-'));
  spool = join(folder, 'spool');
  store = openMlflow({ trackingUri: `file:${folder}/mlruns`, fsync: false });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const beginning: BeginRun = { type: 'beginRun', experimentName: 'wells', runName: 'a', startTime: 5, tags: {} };

function open(client: MlflowClient = store, options: RunLogOptions = {}): Promise<RunLog> {
  return openRunLog(client, beginning, {
    folder: spool,
    patienceMs: 0,
    firstRetryMs: 1,
    longestRetryMs: 1,
    ...options,
  });
}

function point(step: number): Metric {
  return { key: 'loss', value: 1 / step, timestamp: step, step };
}

function away(): MlflowError {
  return new MlflowError('Cannot reach the server', { code: 'MLFLOW_UNREACHABLE' });
}

/** A store that answers nothing until it is opened. */
function gated(client: MlflowClient): { readonly client: MlflowClient; readonly open: () => void; calls: number } {
  let openGate: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (openGate = resolve));
  const state = { calls: 0, open: openGate, client };
  const wrap = (target: MlflowClient): MlflowClient =>
    new Proxy(target, {
      get(object, name) {
        const value = Reflect.get(object, name) as unknown;
        if (name === 'with') return () => wrap(object);
        if (typeof value !== 'function' || name === 'artifacts' || name === 'searchRuns') return value;
        return async (...args: unknown[]) => {
          state.calls += 1;
          await gate;
          return (value as (...all: unknown[]) => unknown).apply(object, args);
        };
      },
    });
  state.client = wrap(client);
  return state;
}

describe('openRunLog()', () => {
  it('says where it cannot keep what is logged, and what to do', async () => {
    writeFileSync(spool, 'a file');
    await expect(open()).rejects.toMatchObject({
      code: 'MLFLOW_FILE_SYSTEM',
      message: expect.stringMatching(/^Cannot keep what is logged in ".*spool": E\w+ at ".*"; /) as string,
    });
  });

  it('says so as well when the disk fails later', async () => {
    const log = await open();
    await log.drain();
    rmSync(spool, { recursive: true });
    writeFileSync(spool, 'a file');
    expect(() => log.putBlob('content')).toThrow(expect.objectContaining({ code: 'MLFLOW_FILE_SYSTEM' }));
    await expect(log.putBlobFile(join(folder, 'absent'))).rejects.toMatchObject({ code: 'MLFLOW_FILE_SYSTEM' });
  });

  it('brings everything to the store and leaves nothing behind', async () => {
    const log = await open(store, { patienceMs: 10_000 });
    expect(log.runId).not.toContain('offline');
    for (let step = 0; step < 10; step++) {
      log.append({ type: 'logBatch', batch: { metrics: [point(step)], params: { lr: '0.1' } } });
    }
    log.append({ type: 'uploadArtifact', path: 'a/b.txt', blob: log.putBlob('hello') });
    writeFileSync(join(folder, 'local.bin'), new Uint8Array(300_000).fill(7));
    log.append({ type: 'uploadArtifact', path: 'c.bin', blob: await log.putBlobFile(join(folder, 'local.bin')) });
    log.append({ type: 'updateRun', update: { status: 'FINISHED', endTime: 20 } });
    expect(await log.drain()).toBe(true);
    const run = await store.getRun(log.runId);
    expect(run).toMatchObject({ runName: 'a', status: 'FINISHED', endTime: 20, startTime: 5, params: { lr: '0.1' } });
    expect(await store.getMetricHistory(log.runId, 'loss')).toHaveLength(10);
    expect(Buffer.from(await store.downloadArtifact(log.runId, 'a/b.txt')).toString()).toBe('hello');
    expect((await store.downloadArtifact(log.runId, 'c.bin')).length).toBe(300_000);
    await log.close();
    expect(readdirSync(spool)).toEqual([]);
  });

  it('never waits for a slow store: everything is logged before the first answer', async () => {
    const slow = gated(store);
    const log = await open(slow.client);
    expect(log.runId).toMatch(/^offline-/);
    for (let step = 1; step <= 10_000; step++) log.append({ type: 'logBatch', batch: { metrics: [point(step)] } });
    await log.flush();
    expect(slow.calls).toBeLessThanOrEqual(1);
    slow.open();
    expect(await log.drain()).toBe(true);
    expect(await store.getMetricHistory(log.runId, 'loss')).toHaveLength(10_000);
    expect(slow.calls).toBeLessThan(20); // a thousand points per call
    await log.close();
  });

  it('keeps the journal of a run that has not ended, or that the store lacks something of', async () => {
    const log = await open();
    await log.drain();
    await log.close();
    expect(readdirSync(spool)).toHaveLength(1);
    const offline = await open(faultyClient(store, () => 'before'));
    offline.append({ type: 'updateRun', update: { status: 'FINISHED', endTime: 1 } });
    expect(await offline.drain()).toBe(false);
    await offline.close();
    expect(readdirSync(spool)).toHaveLength(2);
  });

  it('ends a run now that ends without a time, whenever the store hears of it', async () => {
    const before = Date.now();
    const slow = gated(store);
    const log = await open(slow.client);
    log.append({ type: 'updateRun', update: { status: 'FINISHED' } });
    const after = Date.now();
    slow.open();
    await log.drain();
    const { endTime = 0 } = await store.getRun(log.runId);
    expect(endTime >= before && endTime <= after).toBe(true);
    await log.close();
  });

  it('refuses at once what a store would refuse later, and then keeps nothing of it', async () => {
    const log = await open();
    expect(() => {
      log.append({ type: 'logBatch', batch: { metrics: [{ ...point(1), key: '../x' }] } });
    }).toThrow('as key of a metric');
    expect(() => {
      log.append({ type: 'uploadArtifact', path: '../x', blob: 'b' });
    }).toThrow(MlflowError);
    expect(await log.drain()).toBe(true);
    expect(readFileSync(join(spool, readdirSync(spool)[0] ?? '', 'journal.jsonl'), 'utf8').split('\n')).toHaveLength(2);
    await log.close();
  });

  it('throws when the store refuses the run, and leaves nothing behind', async () => {
    const id = await store.createExperiment({ name: 'wells' });
    await store.deleteExperiment(id);
    await expect(open(store, { patienceMs: 10_000 })).rejects.toMatchObject({ code: expect.any(String) as string });
    expect(readdirSync(spool)).toEqual([]);
  });
});

describe('what the store refuses', () => {
  it('goes to rejected.jsonl, down to the single item, and holds nothing else up', async () => {
    const heard: RejectedOperation[] = [];
    const log = await open(store, { patienceMs: 10_000, onRejected: (rejected) => heard.push(rejected) });
    log.append({ type: 'logBatch', batch: { params: { lr: '0.1' } } });
    await log.drain();
    const params = { a: '1', lr: '0.2', z: '3' };
    log.append({ type: 'logBatch', batch: { params, metrics: [point(1), point(2)], tags: { t: 'x' } } });
    log.append({ type: 'logBatch', batch: { metrics: [point(3)] } });
    await expect(log.drain()).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
      message: expect.stringContaining('refused operation 3: Cannot log param "lr"') as string,
    });
    expect(await log.drain()).toBe(true); // it is told once
    const run = await store.getRun(log.runId);
    expect(run).toMatchObject({ params: { a: '1', lr: '0.1', z: '3' }, tags: { t: 'x' } });
    expect(await store.getMetricHistory(log.runId, 'loss')).toHaveLength(3);
    expect(heard).toMatchObject([{ seq: 3, operation: { batch: { params: { lr: '0.2' } } } }]);
    log.append({ type: 'updateRun', update: { status: 'FINISHED', endTime: 1 } });
    await log.drain();
    await log.close();
    const [kept = ''] = readdirSync(spool);
    expect(await readRejected(join(spool, kept, 'rejected.jsonl'))).toEqual(heard);
  });

  it('is thrown by perform(), and not told again', async () => {
    const log = await open(store, { patienceMs: 10_000 });
    await log.perform({ type: 'logBatch', batch: { params: { lr: '0.1' } } });
    const second = log.perform({ type: 'logBatch', batch: { params: { lr: '0.2' } } });
    await expect(second).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    expect(await log.drain()).toBe(true);
    await log.close();
  });

  it('is no reason to give up a run that is deleted: its journal waits', async () => {
    const log = await open(store, { patienceMs: 10_000 });
    await store.deleteRun(log.runId);
    log.append({ type: 'logBatch', batch: { metrics: [point(1)] } });
    await expect(log.drain()).rejects.toThrow('it is deleted; restore it');
    await store.restoreRun(log.runId);
    expect(await log.drain()).toBe(true);
    expect(await store.getMetricHistory(log.runId, 'loss')).toHaveLength(1);
    await log.close();
  });

  it('is a call, too, on which a working server fails five times', async () => {
    const broken = new Proxy(store, {
      get(target, name) {
        if (name === 'with') return () => broken;
        if (name !== 'setTag' && name !== 'deleteTag') return Reflect.get(target, name) as unknown;
        return () =>
          Promise.reject(
            new MlflowError('Cannot do it', { code: 'INTERNAL_ERROR', httpStatus: 500, serverMessage: 'x' }),
          );
      },
    });
    const log = await open(broken, { patienceMs: 10_000 });
    log.append({ type: 'deleteTag', key: 'a' });
    log.append({ type: 'logBatch', batch: { metrics: [point(1)] } });
    await expect(log.drain()).rejects.toMatchObject({ code: 'INTERNAL_ERROR' });
    expect(await store.getMetricHistory(log.runId, 'loss')).toHaveLength(1);
    await log.close();
  });

  it('are not credentials that can be corrected: everything waits', async () => {
    let isKnown = true;
    const guarded = new Proxy(store, {
      get(target, name) {
        if (name === 'with') return () => guarded;
        const value = Reflect.get(target, name) as (...args: unknown[]) => unknown;
        if (name !== 'logBatch') return value;
        return (...args: unknown[]) => {
          if (isKnown) return value(...args);
          return Promise.reject(new MlflowError('Cannot log', { code: 'UNAUTHENTICATED', httpStatus: 401 }));
        };
      },
    });
    const log = await open(guarded, { patienceMs: 10_000 });
    isKnown = false;
    log.append({ type: 'logBatch', batch: { metrics: [point(1)] } });
    await expect(log.drain()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    isKnown = true;
    expect(await log.drain()).toBe(true);
    expect(await store.getMetricHistory(log.runId, 'loss')).toHaveLength(1);
    await log.close();
  });
});

describe('a store that is away for a while', () => {
  it('gets everything in order when it is back', async () => {
    let isAway = true;
    const coming = new Proxy(store, {
      get(target, name) {
        if (name === 'with') return () => coming;
        const value = Reflect.get(target, name) as unknown;
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) =>
          isAway && name !== 'searchRuns'
            ? Promise.reject(away())
            : (value as (...all: unknown[]) => unknown).apply(target, args);
      },
    });
    const log = await open(coming);
    const { runId } = log;
    expect(runId).toMatch(/^offline-/);
    for (let step = 1; step <= 2500; step++)
      log.append({ type: 'logBatch', batch: { metrics: [point(step)], tags: { last: String(step) } } });
    expect(await log.drain()).toBe(false);
    isAway = false;
    expect(await log.drain()).toBe(true);
    expect(log.runId).not.toBe(runId);
    expect((await store.getRun(log.runId)).tags['last']).toBe('2500');
    expect(await store.getMetricHistory(log.runId, 'loss')).toHaveLength(2500);
    expect(existsSync(spool)).toBe(true);
    await log.close();
  });
});
