import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMlflow } from '../src/index.js';
import { loadModels, type LoadedModel } from './load-model.js';
import { logTinyModel, tinyPrediction, tinyWindow } from './log-tiny-model.js';
import { describeWithMlflow, startRealServer, type RealServer } from './real-server.js';

const loadedTinyModel: LoadedModel = {
  predicted: { prediction: [[tinyPrediction]] },
  inputs: [{ name: 'window', type: 'tensor', 'tensor-spec': { dtype: 'float32', shape: [-1, 2, 3] } }],
  metadata: { learning_rate: 1e-7, note: 'a: "b" # ü\u2028' },
  serving: { inputs: { window: tinyWindow } },
};

describeWithMlflow('an ONNX model logged from TypeScript', () => {
  let folder: string;
  let server: RealServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-store-'));
    server = await startRealServer();
  });
  afterAll(async () => {
    await (server as RealServer | undefined)?.stop(); // absent when it could not be started
    await rm(folder, { recursive: true });
  });

  it('is loaded by mlflow.pyfunc over REST by alias, version and run', async () => {
    const { runId } = await logTinyModel(openMlflow({ trackingUri: server.url, env: {} }), 'tiny');
    const uris = ['models:/tiny@champion', 'models:/tiny/1', `runs:/${runId}/model`];
    expect(await loadModels(server.url, uris)).toEqual(uris.map(() => loadedTinyModel));
  });

  it('is loaded by mlflow.pyfunc from the file store by alias', async () => {
    const trackingUri = `file://${folder}/mlruns`;
    await logTinyModel(openMlflow({ trackingUri }), 'tiny');
    expect(await loadModels(trackingUri, ['models:/tiny@champion'])).toEqual([loadedTinyModel]);
  });
});
