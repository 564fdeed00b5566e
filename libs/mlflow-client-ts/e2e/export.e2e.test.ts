import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportStore, openMlflow, type MlflowClient } from '../src/index.js';
import { describeStore } from '../testing/describe-store.js';
import { fillStore } from '../testing/fill-store.js';
import { loadModels } from './load-model.js';
import { logTinyModel, tinyPrediction } from './log-tiny-model.js';
import { describeWithMlflow, startRealServer, type RealServer } from './real-server.js';

describeWithMlflow('a store that is exported to a real server', () => {
  let folder: string;
  let server: RealServer;
  let from: MlflowClient;
  let to: MlflowClient;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-export-'));
    from = openMlflow({ trackingUri: `file:${folder}/mlruns`, fsync: false });
    await fillStore(from);
    server = await startRealServer();
    to = openMlflow({ trackingUri: server.url, env: {} });
  });
  afterAll(async () => {
    await (server as RealServer | undefined)?.stop(); // absent when it could not be started
    await rm(folder, { recursive: true });
  });

  it('reads the same there, also when it is exported again', async () => {
    const wanted = await describeStore(from);
    const first = await exportStore(from, to, { includeDeleted: true });
    expect(first.problems).toEqual([]);
    expect(await describeStore(to)).toEqual(wanted);
    const second = await exportStore(from, to, { includeDeleted: true });
    expect(second.exported).toMatchObject({ experiments: 0, runs: 0, metricPoints: 0, artifacts: 0, modelVersions: 0 });
    expect(await describeStore(to)).toEqual(wanted);
  });

  it('has its models loaded by mlflow.pyfunc from the server', async () => {
    await logTinyModel(from, 'tiny');
    expect((await exportStore(from, to)).problems).toEqual([]);
    const [loaded] = await loadModels(server.url, ['models:/tiny@champion']);
    expect(loaded?.predicted).toEqual({ prediction: [[tinyPrediction]] });
  });
});
