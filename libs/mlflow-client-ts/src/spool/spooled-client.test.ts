import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { faultyClient } from '../../testing/faulty-client.js';
import type { MlflowClient } from '../api/mlflow-client.js';
import { openMlflow } from '../open-mlflow.js';
import type { RunLogOptions } from './open-run-log.js';
import { spooledClient } from './spooled-client.js';
import { syncSpool } from './sync-spool.js';

let folder: string;
let spool: string;
let store: MlflowClient;
let isAway: boolean;
let client: MlflowClient;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mlflow-spooled-'));
  spool = join(folder, 'spool');
  store = openMlflow({ trackingUri: `file:${folder}/mlruns`, fsync: false });
  isAway = false;
  client = openSpooled();
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function openSpooled(options: RunLogOptions = {}): MlflowClient {
  const faulty = faultyClient(store, () => (isAway ? 'before' : undefined));
  return spooledClient(faulty, { folder: spool, firstRetryMs: 1, longestRetryMs: 1, ...options });
}

/** What the pipeline logs to a run. */
async function logRun(runName: string): Promise<string> {
  const experimentId = await client.ensureExperiment('wells');
  const { runId } = await client.createRun({ experimentId, runName, startTime: 5, tags: { kind: 'test' } });
  await client.logBatch(runId, { metrics: [{ key: 'loss', value: 1, timestamp: 1, step: 1 }] });
  await client.logMetric(runId, { key: 'loss', value: 2, timestamp: 2, step: 2 });
  await client.logParam(runId, 'lr', '0.1');
  await client.setTag(runId, 'gone', 'x');
  await client.deleteTag(runId, 'gone');
  await client.deleteTag(runId, 'never there');
  await client.logInputs(runId, [{ name: 'd', digest: '1', sourceType: 'local', source: '{}' }]);
  await client.uploadArtifact(runId, 'model/MLmodel', `run_id: ${runId}\n`);
  mkdirSync(join(folder, 'files/deep'), { recursive: true });
  writeFileSync(join(folder, 'files/deep/a.txt'), 'hello');
  await client.artifacts({ runId }).uploadFolder('files', join(folder, 'files'));
  await client.updateRun(runId, { status: 'FINISHED', endTime: 9 });
  return runId;
}

async function expectLogged(runId: string): Promise<void> {
  expect(await store.getRun(runId)).toMatchObject({
    status: 'FINISHED',
    endTime: 9,
    params: { lr: '0.1' },
    metrics: { loss: 2 },
    tags: { kind: 'test' },
    inputs: [{ name: 'd' }],
  });
  expect((await store.getRun(runId)).tags).not.toHaveProperty('gone');
  expect(Buffer.from(await store.downloadArtifact(runId, 'model/MLmodel')).toString()).toBe(`run_id: ${runId}\n`);
  expect(Buffer.from(await store.downloadArtifact(runId, 'files/deep/a.txt')).toString()).toBe('hello');
}

async function onlyRun(): Promise<string> {
  const experimentIds = [(await store.findExperimentByName('wells'))?.experimentId ?? ''];
  const runs = await store.searchRuns({ experimentIds }).all();
  expect(runs).toHaveLength(1);
  return runs[0]?.runId ?? '';
}

describe('spooledClient()', () => {
  it('logs as the store itself does while that can be used, and leaves nothing in the spool when the run has ended', async () => {
    const runId = await logRun('a');
    expect(runId).not.toContain('offline');
    expect((await client.getRun(runId)).status).toBe('FINISHED'); // reads what was just logged
    await expectLogged(runId);
    await vi.waitFor(() => {
      expect(readdirSync(spool)).toEqual([]);
    });
  });

  it('logs while the store is away, and the next process brings it there', async () => {
    isAway = true;
    const runId = await logRun('a');
    expect(runId).toMatch(/^offline-/);
    for (const name of readdirSync(spool)) rmSync(join(spool, name, 'owner.json')); // as if the process had ended
    const report = await syncSpool(store, { folder: spool });
    expect(report).toMatchObject({ rejected: 0, remaining: 0, runs: [{ status: 'complete' }] });
    await expectLogged(await onlyRun());
  });

  it('takes its offline ids for those of the store when that is back', async () => {
    isAway = true;
    const runId = await logRun('a');
    isAway = false;
    const run = await client.getRun(runId);
    expect(run.runId).toBe(await onlyRun());
    await client.ensureRegisteredModel('m');
    const version = await client.createModelVersion({ name: 'm', source: `runs:/${runId}/model`, runId });
    expect(version).toMatchObject({ source: `runs:/${run.runId}/model`, runId: run.runId });
    const experimentId = await client.ensureExperiment('wells');
    expect((await client.searchRuns({ experimentIds: [experimentId] }).all()).map((each) => each.runId)).toEqual([
      run.runId,
    ]);
    expect((await client.artifacts({ runId }).list('model')).map(({ path }) => path)).toEqual(['model/MLmodel']);
    await expectLogged(run.runId);
  });

  it('gives an offline run an artifact URI from which a version can be registered when the store is back', async () => {
    isAway = true;
    const { runId, artifactUri } = await client.createRun({ experimentId: await client.ensureExperiment('wells') });
    await client.uploadArtifact(runId, 'model/MLmodel', 'flavors: {}\n');
    isAway = false;
    await client.ensureRegisteredModel('m');
    const version = await client.createModelVersion({ name: 'm', source: `${artifactUri}/model`, runId });
    expect(version.source).toBe(`runs:/${await onlyRun()}/model`);
  });

  it('knows its offline experiments, too', async () => {
    isAway = true;
    const experimentId = await client.ensureExperiment('wells');
    const { runId } = await client.createRun({ experimentId });
    expect(experimentId).toMatch(/^offline-[0-9a-f]{32}$/);
    isAway = false;
    expect((await client.getExperiment(experimentId)).name).toBe('wells');
    const [run] = await client.searchRuns({ experimentIds: [experimentId] }).all();
    expect(run?.runId).toBe((await client.getRun(runId)).runId);
  });

  it('says what to do when a call needs the store and it is away', async () => {
    isAway = true;
    const runId = await logRun('a');
    const reads = [
      client.getRun(runId),
      client.searchRuns({ experimentIds: ['1'] }).all(),
      client.downloadArtifact(runId, 'model/MLmodel'),
      client.createModelVersion({ name: 'm', source: `runs:/${runId}/model`, runId }),
    ];
    for (const read of reads) {
      await expect(read).rejects.toMatchObject({
        code: 'MLFLOW_UNREACHABLE',
        message: expect.stringMatching(/waits in ".*spool".*`i-drill mlflow sync --spool ".*spool"`/) as string,
      });
    }
  });

  it('waits in full for a store that is away once, and no more until that is back', async () => {
    isAway = true;
    client = openSpooled({ patienceMs: 1500 });
    const experimentId = await store.ensureExperiment('wells');
    const waitedMs = async (call: () => Promise<unknown>): Promise<number> => {
      const start = performance.now();
      await call().catch(() => undefined);
      return performance.now() - start;
    };
    const { runId } = await client.createRun({ experimentId });
    expect(await waitedMs(() => client.getRun(runId))).toBeLessThan(1000);
    expect(await waitedMs(() => client.createRun({ experimentId }))).toBeLessThan(1000);
    isAway = false;
    expect((await client.getRun(runId)).status).toBe('RUNNING');
    isAway = true;
    await client.setTag(runId, 'a', '1');
    expect(await waitedMs(() => client.getRun(runId))).toBeGreaterThanOrEqual(1500);
  });

  it('goes on with a run that has ended, or that another client has begun', async () => {
    const experimentId = await store.ensureExperiment('wells');
    const { runId } = await store.createRun({ experimentId });
    await client.setTag(runId, 'a', '1');
    await client.updateRun(runId, { status: 'FINISHED' });
    await client.setTag(runId, 'b', '2');
    expect((await client.getRun(runId)).tags).toMatchObject({ a: '1', b: '2' });
    await expect(client.setTag('unknown', 'a', '1')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });

  it('tells by the next call that reads what the store refused', async () => {
    const experimentId = await client.ensureExperiment('wells');
    const { runId } = await client.createRun({ experimentId });
    await client.logParam(runId, 'lr', '0.1');
    await client.logParam(runId, 'lr', '0.2');
    await expect(client.getRun(runId)).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    expect((await client.getRun(runId)).params).toEqual({ lr: '0.1' });
  });

  it('refuses at once what can be seen to be wrong', async () => {
    const experimentId = await client.ensureExperiment('wells');
    const { runId } = await client.createRun({ experimentId });
    await expect(client.setTag(runId, '../x', '1')).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    expect((await client.getRun(runId)).runId).toBe(runId);
  });
});
