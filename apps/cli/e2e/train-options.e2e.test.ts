import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openModel } from '@i-drill/onnx';
import { openMlflow } from 'mlflow-client-ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinySizes } from './support/tiny-config.js';
import { Workplace } from './support/workplace.js';

interface Answer {
  readonly runId: string;
  readonly interval: { readonly coverage: number; readonly width: number };
  readonly exportDifference: number;
}

/** Bit runs as `tinySizes` has them. */
const [windowLength, features] = [8, 10];

const { models, ...training } = tinySizes.training;
const interval = { method: 'conformalised-quantiles', coverage: 0.75, guarantee: 'asymptotic' };
const plateau = { schedule: 'plateau', warmup_epochs: 0 };
const cosine = { schedule: 'cosine', warmup_epochs: 1 };

/** What the other tests leave at its default. */
const chosen = {
  transformer: { ...models.transformer, ...plateau, positions: 'sinusoidal', loss: 'pinball', dropout: 0.2, interval },
  cnn_lstm: { ...models.cnn_lstm, ...cosine, loss: 'huber', huber_delta: 0.5, ensemble: 2, target_cap: 30, interval },
};

let workplace: Workplace;

beforeAll(async () => {
  workplace = await Workplace.create({ ...tinySizes, training: { ...training, models: chosen } });
});

afterAll(async () => {
  await workplace.dispose();
});

describe('choices of the configuration', () => {
  it.each([
    [
      'transformer',
      {
        positions: 'sinusoidal',
        loss: '[{"type":"pinball","levels":[0.5,0.125,0.875]}]',
        schedule: '{"type":"plateau"}',
        dropout: '0.2',
        ensemble: '1',
        target_cap: 'none',
      },
    ],
    [
      'cnn_lstm',
      {
        loss: '[{"type":"huber","delta":0.5},{"type":"pinball","levels":[0.125,0.875]}]',
        schedule: '{"type":"cosine","warmupEpochs":1}',
        ensemble: '2',
        target_cap: '30',
      },
    ],
  ])('train a %s whose file gives what was trained, with intervals', { timeout: 120_000 }, async (type, params) => {
    const answer = (await workplace.must(['train', '--model_type', type])) as Answer;
    expect(answer.exportDifference).toBeLessThanOrEqual(1e-5);
    expect(answer.interval.coverage).toBeGreaterThan(0.5);

    const store = openMlflow({ trackingUri: `file:${workplace.path('mlruns')}`, env: {} });
    const run = await store.getRun(answer.runId);
    expect(run.params).toMatchObject({ ...params, interval: 'conformalised-quantiles 0.75 asymptotic' });

    const model = await openModel(await readFile(join(workplace.artifactsOf(answer.runId), 'model/model.onnx')));
    try {
      const outputs = await model.predictAll(new Float32Array(windowLength * features), 1);
      expect(Object.keys(outputs)).toEqual(['prediction', 'lower', 'upper']);
      expect(outputs.lower![0]).toBeLessThan(outputs.upper![0]!);
    } finally {
      await model.close();
    }
  });
});
