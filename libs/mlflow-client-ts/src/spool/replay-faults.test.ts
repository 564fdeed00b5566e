import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeStore } from '../../testing/describe-store.js';
import { faultyClient, type Fault, type FaultPlan } from '../../testing/faulty-client.js';
import type { MlflowClient } from '../api/mlflow-client.js';
import { openMlflow } from '../open-mlflow.js';
import { openRunLog } from './open-run-log.js';
import type { RunLog } from './run-log.js';
import { spoolPaths } from './spool-folder.js';
import { syncSpool } from './sync-spool.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mlflow-faults-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const spool = (): string => join(root, 'spool');
const quick = (): object => ({ folder: spool(), patienceMs: 50, firstRetryMs: 1, longestRetryMs: 1 });

function openStore(name: string): MlflowClient {
  return openMlflow({ trackingUri: `file:${join(root, name)}`, fsync: false });
}

/** A run with everything that can be logged, and one nested in it. */
async function logEverything(client: MlflowClient): Promise<RunLog[]> {
  const parent = await openRunLog(
    client,
    { type: 'beginRun', experimentName: 'wells', runName: 'parent', startTime: 5, tags: { kind: 'test' } },
    quick(),
  );
  const tags = { 'mlflow.parentRunId': parent.runId };
  const child = await openRunLog(
    client,
    { type: 'beginRun', experimentName: 'wells', runName: 'child', startTime: 6, tags },
    quick(),
  );
  const point = (step: number): object => ({ key: 'loss', value: step === 2 ? NaN : step, timestamp: step, step });
  const repeated = { key: 'loss', value: 7, timestamp: 7, step: 7 };
  parent.append({ type: 'logBatch', batch: { metrics: [point(0), point(1)] as never, params: { lr: '0.1' } } });
  parent.append({ type: 'logBatch', batch: { metrics: [point(2), repeated, repeated] as never, tags: { a: '1' } } });
  parent.append({ type: 'logBatch', batch: { metrics: [repeated], tags: { a: '2', gone: 'x' } } });
  parent.append({ type: 'deleteTag', key: 'gone' });
  parent.append({ type: 'logBatch', batch: { metrics: [repeated] } });
  parent.append({
    type: 'logInputs',
    datasets: [{ name: 'd', digest: '1', sourceType: 'local', source: '{}', context: 'training' }],
  });
  parent.append({ type: 'uploadArtifact', path: 'a/b.txt', blob: parent.putBlob('hello') });
  parent.append({ type: 'recordModel', mlmodel: mlmodel(parent.runId) });
  parent.append({ type: 'uploadArtifact', path: 'm/MLmodel', blob: parent.putBlob(`run_id: ${parent.runId}\n`) });
  const files = { 'model.onnx': parent.putBlob('onnx') };
  const register = { name: 'wells', description: 'd', tags: { t: '1' }, aliases: ['champion'] };
  const described = { utc_time_created: '2026-01-01 00:00:00.000000', flavors: { onnx: { data: 'model.onnx' } } };
  parent.append({ type: 'logModel', name: 'main', files, mlmodel: described, step: 3, register });
  parent.append({ type: 'logModel', name: 'old', files, mlmodel: described, layout: 'runArtifacts', register });
  child.append({ type: 'logBatch', batch: { params: { source: `runs:/${parent.runId}/model` } } });
  parent.append({ type: 'updateRun', update: { status: 'FINISHED', endTime: 20 } });
  child.append({ type: 'updateRun', update: { status: 'FAILED', endTime: 21 } });
  return [parent, child];
}

function mlmodel(runId: string): never {
  const ids = { run_id: runId, artifact_path: 'm', model_uuid: '0123456789abcdef0123456789abcdef' };
  return { ...ids, utc_time_created: '2026-01-01 00:00:00.000000', flavors: { onnx: {} } } as never;
}

async function drainAll(logs: readonly RunLog[]): Promise<void> {
  for (let isDone = false; !isDone;) isDone = (await Promise.all(logs.map((log) => log.drain()))).every(Boolean);
}

/** A call without an effect fails the same way before and after it. */
function isRead(method: string): boolean {
  return /^(get|search|list|find|page|capabilities)/.test(method);
}

async function logWith(store: MlflowClient, plan: FaultPlan): Promise<unknown> {
  const logs = await logEverything(faultyClient(store, plan));
  await drainAll(logs);
  for (const log of logs) await log.close();
  return describeStore(store);
}

/** As if the process had been killed: nobody goes on with what is in the spool. */
async function abandon(logs: readonly RunLog[]): Promise<void> {
  for (const log of logs) await Promise.race([log.close(), Promise.resolve()]);
  for (const name of readdirSync(spool())) rmSync(spoolPaths(spool(), name).lock, { force: true });
}

describe('a journal', () => {
  it('comes to the same whichever call fails, before its effect or after it', async () => {
    const methods: string[] = [];
    const wanted = await logWith(openStore('wanted'), (_, method) => (methods.push(method), undefined));
    expect(readdirSync(spool())).toEqual([]);
    for (const fault of ['before', 'after'] as const) {
      for (const [n, method] of methods.entries()) {
        if (fault === 'after' && isRead(method)) continue;
        const plan: FaultPlan = (call): Fault => (call === n ? fault : undefined);
        expect(await logWith(openStore(`${fault}-${n}`), plan), `${fault} call ${n}`).toEqual(wanted);
      }
    }
  }, 120_000);

  it('comes to the same when the process ends between the effect of any call and the note of it', async () => {
    let calls = 0;
    const wanted = await logWith(openStore('wanted'), () => (calls++, undefined));
    for (let n = 0; n < calls; n++) {
      const store = openStore(`killed-${n}`);
      const logs = await logEverything(faultyClient(store, (call) => (call >= n ? 'hang' : undefined)));
      await abandon(logs);
      const report = await syncSpool(store, { folder: spool() });
      expect(report, `killed after call ${n}`).toMatchObject({ rejected: 0, remaining: 0 });
      expect(await describeStore(store), `killed after call ${n}`).toEqual(wanted);
      expect(readdirSync(spool())).toEqual([]);
    }
  }, 120_000);
});
