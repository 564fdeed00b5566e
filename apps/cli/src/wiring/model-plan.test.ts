import { join } from 'node:path';
import { loadConfig, type ModelsConfig, type ModelTrainingConfig } from '@i-drill/config';
import { describe, expect, it } from 'vitest';
import { modelPlan, modelTypeOf } from './model-plan.js';

const { models } = loadConfig({
  path: join(import.meta.dirname, '../../../../config/mlops_config.yaml'),
  env: {},
}).training;

function withLstm(change: Partial<ModelTrainingConfig>): ModelsConfig {
  return { ...models, lstm: { ...models.lstm, ...change } };
}

describe('modelPlan()', () => {
  it('makes an LSTM of training.models.lstm, with the seed beside it', () => {
    expect(modelPlan(models, 'lstm', { seed: 42 })).toEqual({
      architecture: { type: 'lstm', hiddenSize: 32, numLayers: 1, dropout: 0.3 },
      settings: {
        loss: [{ type: 'mse' }],
        learningRate: 0.002,
        schedule: { type: 'plateau' },
        weightDecay: 0.01,
        batchSize: 128,
        epochs: 50,
        patience: 8,
        gradientClip: 1,
        seed: 42,
      },
      ensemble: 1,
      interval: { method: 'split-conformal', coverage: 0.9, guarantee: 'guaranteed' },
    });
  });

  it('minimises the cross-entropy of classes, each with the same say unless the configuration has it otherwise', () => {
    const segment = {
      unit: 'a',
      rows: 5,
      features: new Float64Array(5),
      target: Float64Array.of(0, 1, 1, 1, Number.NaN),
    };
    const train = { classes: ['worn', 'good'], segments: [segment] };
    const lossOf = (changed: ModelsConfig): unknown => modelPlan(changed, 'lstm', { seed: 1, train }).settings.loss;
    expect(lossOf(models)).toEqual([{ type: 'cross-entropy', classWeights: [2, 2 / 3] }]);
    expect(lossOf(withLstm({ class_weights: 'none' }))).toEqual([{ type: 'cross-entropy', classWeights: [1, 1] }]);
    expect(modelPlan(models, 'lstm', { seed: 1, train: { segments: [segment] } }).settings.loss).toEqual([
      { type: 'mse' },
    ]);
  });

  it('makes a Transformer of training.models.transformer', () => {
    expect(modelPlan(models, 'transformer', { seed: 1 })).toMatchObject({
      architecture: {
        type: 'transformer',
        modelSize: 64,
        heads: 4,
        numLayers: 2,
        feedForwardSize: 128,
        positions: 'learned',
        dropout: 0.1,
      },
      settings: { schedule: { type: 'cosine', warmupEpochs: 3 }, weightDecay: 0.01, learningRate: 0.001 },
    });
  });

  it('makes a CNN-LSTM of training.models.cnn_lstm', () => {
    expect(modelPlan(models, 'cnn-lstm', { seed: 1 }).architecture).toEqual({
      type: 'cnn-lstm',
      filters: 32,
      kernelSize: 3,
      convolutions: 2,
      hiddenSize: 32,
      numLayers: 1,
      dropout: 0.1,
    });
  });

  it('puts the epochs of a flag in place of the configured ones, and shortens the warm-up to fewer', () => {
    expect(modelPlan(models, 'lstm', { seed: 1, epochs: 3 }).settings.epochs).toBe(3);
    const warmUps = [1, 2, 4].map((epochs) => modelPlan(models, 'transformer', { seed: 1, epochs }).settings.schedule);
    expect(warmUps).toEqual([0, 1, 3].map((warmupEpochs) => ({ type: 'cosine', warmupEpochs })));
  });

  it('minimises what loss says, and both ends as well where they are conformalised', () => {
    const lossOf = (change: Partial<ModelTrainingConfig>): unknown =>
      modelPlan(withLstm(change), 'lstm', { seed: 1 }).settings.loss;
    const interval = { method: 'conformalised-quantiles', coverage: 0.5, guarantee: 'guaranteed' } as const;
    expect(lossOf({ loss: 'huber', huber_delta: 0.5 })).toEqual([{ type: 'huber', delta: 0.5 }]);
    expect(lossOf({ loss: 'pinball' })).toEqual([{ type: 'pinball', levels: [0.5] }]);
    expect(lossOf({ interval })).toEqual([{ type: 'mse' }, { type: 'pinball', levels: [0.25, 0.75] }]);
    expect(lossOf({ loss: 'pinball', interval })).toEqual([{ type: 'pinball', levels: [0.5, 0.25, 0.75] }]);
  });

  it('plans no interval where there is to be none', () => {
    const plan = modelPlan(withLstm({ interval: { ...models.lstm.interval, method: 'none' } }), 'lstm', { seed: 1 });
    expect(plan).not.toHaveProperty('interval');
  });
});

describe('modelTypeOf()', () => {
  it("knows the model types, and the predecessor's spelling", () => {
    expect(['lstm', 'transformer', 'cnn-lstm', 'cnn_lstm'].map(modelTypeOf)).toEqual([
      'lstm',
      'transformer',
      'cnn-lstm',
      'cnn-lstm',
    ]);
  });

  it('names the known ones for any other', () => {
    expect(() => modelTypeOf('ppo')).toThrow(
      expect.objectContaining({
        code: 'TRAINING_UNKNOWN_MODEL_TYPE',
        message: 'Cannot train: model type "ppo" is unknown; choose one of "lstm", "transformer", "cnn-lstm"',
      }),
    );
  });
});
