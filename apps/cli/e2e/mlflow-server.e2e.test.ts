import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { makeBitRuns } from '@i-drill/datasets';
import { openModel, type OnnxModel, type Predictions } from '@i-drill/onnx';
import { makeWindows } from '@i-drill/training';
import { openMlflow, type MlflowClient } from 'mlflow-client-ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the launcher belongs to the workspace, no package has it
import { findMlflowPython, startMlflowServer, type MlflowServer } from '../../../tools/mlflow-server/mlflow-server.js';
import { lenientVerdict } from './support/tiny-config.js';
import { Workplace } from './support/workplace.js';

const model = 'bit-runs_lstm';
const windowLength = 8;
const python = findMlflowPython();
const canRun = python !== undefined || process.env['CI'] === 'true';
if (!canRun) console.warn('Skipped: the loop against a real MLflow server; run tools/mlflow-server/ensure-venv.sh');

let workplace: Workplace;
let server: MlflowServer | undefined;

beforeAll(async () => {
  if (canRun) workplace = await Workplace.create(lenientVerdict);
});

afterAll(async () => {
  await server?.stop();
  if (canRun) await workplace.dispose();
});

interface PipelineAnswer {
  readonly status: string;
  readonly runId: string;
  readonly stage: string;
  readonly metrics: Readonly<Record<string, number>>;
}

describe.skipIf(!canRun)('the loop against a real MLflow server', () => {
  let client: MlflowClient;
  let answer: PipelineAnswer;

  beforeAll(async () => {
    server = await startMlflowServer();
    const result = await workplace.run(['pipeline', 'run', '--model-type', 'lstm', '--tracking-uri', server.url]);
    expect(result.exitCode, result.stderr).toBe(0);
    answer = result.answer as PipelineAnswer;
    client = openMlflow({ trackingUri: server.url, env: {} });
  });

  it('ends with a version in Production', async () => {
    expect(answer).toMatchObject({ status: 'completed', stage: 'Production' });
    expect(await client.findModelVersionByAlias(model, 'production')).toMatchObject({
      version: '1',
      currentStage: 'Production',
      runId: answer.runId,
    });
  });

  it('has logged params, metric history, tags, data sets and the reports of its checks', async () => {
    const run = await client.getRun(answer.runId);
    expect(run).toMatchObject({
      status: 'FINISHED',
      params: { model_type: 'lstm', epochs: '3' },
      tags: { 'i_drill.backend': 'wasm', 'i_drill.data_fingerprint': expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(run.metrics['test_mae']).toBe(answer.metrics['mae']);
    expect(await client.getMetricHistory(answer.runId, 'validation_loss')).toHaveLength(3);
    expect(run.inputs.map((input) => input.context).toSorted()).toEqual([
      'calibration',
      'test',
      'training',
      'validation',
    ]);
    const [folder] = await client.listArtifacts(answer.runId, 'validation');
    const files = await client.listArtifacts(answer.runId, folder?.path ?? '');
    expect(files.map((file) => file.path.split('/').at(-1)).toSorted()).toEqual(['report.html', 'verdict.json']);
  });

  it('gives Python the same predictions and intervals as onnxruntime-node, to 1e-5', async () => {
    const { inputs, count } = makeWindows(makeBitRuns({ count: 3, seed: 5 }), { windowLength, stride: 3 });
    const onnx = await openModel(await client.downloadArtifact(answer.runId, 'model/model.onnx'));
    const expected = await predictAndClose(onnx, inputs, count);
    const predicted = predictInPython(server?.url ?? '', nested(inputs, count));
    expect(Object.keys(predicted).toSorted()).toEqual(['lower', 'prediction', 'upper']);
    for (const name of ['prediction', 'lower', 'upper'] as const) {
      expect(predicted[name], name).toHaveLength(count);
      const differences = predicted[name]!.map(([value = Number.NaN], i) => Math.abs(value - expected[name]![i]!));
      expect(Math.max(...differences), name).toBeLessThanOrEqual(1e-5);
    }
  });
});

describe.skipIf(!canRun)('the file store of a pipeline run', () => {
  it('is opened by a real server, which gives the run back over REST', async () => {
    const result = await workplace.run(['pipeline', 'run', '--model-type', 'lstm']);
    expect(result.exitCode, result.stderr).toBe(0);
    const { runId, metrics } = result.answer as PipelineAnswer;
    const overFiles = await startMlflowServer({ fileStore: workplace.path('mlruns') });
    try {
      const client = openMlflow({ trackingUri: overFiles.url, env: {} });
      const run = await client.getRun(runId);
      expect(run).toMatchObject({ status: 'FINISHED', params: { model_type: 'lstm' } });
      expect(run.metrics['test_mae']).toBe(metrics['mae']);
      expect(await client.getMetricHistory(runId, 'validation_loss')).toHaveLength(3);
      expect(await client.findModelVersionByAlias(model, 'production')).toMatchObject({ version: '1', runId });
    } finally {
      await overFiles.stop();
    }
  });
});

async function predictAndClose(onnx: OnnxModel, inputs: Float32Array, count: number): Promise<Predictions> {
  try {
    return await onnx.predictAll(inputs, count);
  } finally {
    await onnx.close();
  }
}

function nested(inputs: Float32Array, count: number): number[][][] {
  const features = inputs.length / count / windowLength;
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: windowLength }, (_, t) => {
      const start = (i * windowLength + t) * features;
      return Array.from(inputs.subarray(start, start + features));
    }),
  );
}

function predictInPython(trackingUri: string, window: number[][][]): Record<string, number[][]> {
  const script = join(import.meta.dirname, 'predict_model.py');
  const run = spawnSync(python ?? 'python3', [script, trackingUri, `models:/${model}@production`], {
    input: JSON.stringify({ window }),
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  expect(run.status, run.stderr).toBe(0);
  return JSON.parse(run.stdout) as Record<string, number[][]>;
}
