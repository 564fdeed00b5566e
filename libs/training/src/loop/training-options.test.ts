import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { dataSet, movingSums, segment } from '../testing/data-sets.js';
import { classedSet, smallSet, smallTraining, tinyLstm, trainingOn } from '../testing/small-training.js';
import { balancedClassWeights } from './class-weights.js';
import { predictOutputs, predictWindows } from './predict-windows.js';
import { segmentWindows } from './segment-windows.js';
import { trainSequenceModel } from './train-sequence-model.js';
import type { TrainingSettings } from './training-types.js';

const train = dataSet([movingSums('a', 1), movingSums('b', 2), movingSums('c', 3)]);
const validation = dataSet([movingSums('v', 4)]);

describe('trainSequenceModel() with other losses', () => {
  beforeAll(async () => {
    await selectBackend(['wasm']);
  });

  it('learns quantiles beside the point: a share of the targets lies below each', async () => {
    const loss: TrainingSettings['loss'] = [
      { type: 'huber', delta: 1 },
      { type: 'pinball', levels: [0.1, 0.9] },
    ];
    const noisy = (unit: string, seed: number) => {
      const part = movingSums(unit, seed, 400);
      const noise = movingSums(`${unit} noise`, seed + 50, 400).features;
      return { ...part, target: part.target.map((value, row) => value + 20 * noise[row]!) };
    };
    const [seen, unseen] = [dataSet([noisy('a', 1), noisy('b', 2)]), dataSet([noisy('v', 3)])];
    const wanted = trainingOn(seen, unseen, { loss, epochs: 15 });
    const { model } = await trainSequenceModel(wanted);
    const { columns } = predictOutputs(model, wanted.validation);
    expect(model.columns.map(({ kind }) => kind)).toEqual(['point', 'quantile', 'quantile']);
    const below = (column: Float32Array): number =>
      wanted.validation.targets.filter((target, index) => target < column[index]!).length / wanted.validation.count;
    expect(below(columns[1]!)).toBeGreaterThan(0.03);
    expect(below(columns[1]!)).toBeLessThan(0.2);
    expect(below(columns[2]!)).toBeGreaterThan(0.8);
    expect(below(columns[2]!)).toBeLessThan(0.97);
  });

  it('learns classes, of which one is rare, and reports the share that is right', async () => {
    const [seen, unseen] = [classedSet('a', 1, 300), classedSet('v', 2)];
    const targets = seen.segments[0]!.target;
    const loss: TrainingSettings['loss'] = [{ type: 'cross-entropy', classWeights: balancedClassWeights(targets, 3) }];
    const wanted = trainingOn(seen, unseen, { loss, epochs: 30 });
    const { model, history, bestEpoch } = await trainSequenceModel(wanted);
    const predicted = predictWindows(model, wanted.validation);
    const right = predicted.filter((label, index) => label === wanted.validation.targets[index]).length;
    expect(right / predicted.length).toBeGreaterThan(0.85);
    expect(history[bestEpoch - 1]!.validationAccuracy).toBeCloseTo(right / predicted.length, 12);
    expect(history[0]!.validationRmse).toBeUndefined();
    expect(model.columns).toEqual(['low', 'middle', 'high'].map((name) => ({ kind: 'class', name })));
  });
});

describe('trainSequenceModel() with other settings', () => {
  beforeAll(async () => {
    await selectBackend(['wasm']);
  });

  it('reports the validation error in target units', async () => {
    const wanted = smallTraining({ epochs: 3 });
    const { model, history, bestEpoch } = await trainSequenceModel(wanted);
    const errors = predictWindows(model, wanted.validation).map((value, index) => (value - wanted.validation.targets[index]!) ** 2); // prettier-ignore
    const rmse = Math.sqrt(errors.reduce((sum, error) => sum + error, 0) / errors.length);
    expect(history[bestEpoch - 1]!.validationRmse).toBeCloseTo(rmse, 4);
    expect(history[0]!.validationAccuracy).toBeUndefined();
  });

  it('warms up and cools down along the cosine', async () => {
    const schedule = { type: 'cosine', warmupEpochs: 2 } as const;
    const { history } = await trainSequenceModel(smallTraining({ schedule, epochs: 6, batchSize: 20 }));
    const rates = history.map(({ learningRate }) => learningRate);
    expect(rates.slice(0, 3)).toEqual([0.01, 0.02, 0.02]);
    expect(rates[5]).toBeLessThan(0.004);
  });

  it('halves the learning rate when half the patience has passed without a better epoch', async () => {
    const { features, target } = smallSet.segments[0]!;
    const opposed = dataSet([
      segment(
        'v',
        Array.from(features),
        Array.from(target, (value) => -value),
      ),
    ]); // each epoch is worse
    const { history, stopped } = await trainSequenceModel(trainingOn(smallSet, opposed, { epochs: 9, patience: 4 }));
    expect(history.map(({ learningRate }) => learningRate / 0.02)).toEqual([1, 1, 1, 0.5, 0.5]);
    expect(stopped).toBe('early');
  });

  it('drops values while it trains, the same for the same seed, and none when it predicts', async () => {
    const dropping = { ...smallTraining({ epochs: 2 }), architecture: { ...tinyLstm, dropout: 0.5 } };
    const [first, second] = [await trainSequenceModel(dropping), await trainSequenceModel(dropping)];
    const without = await trainSequenceModel(smallTraining({ epochs: 2 }));
    expect(second.model).toEqual(first.model);
    expect(without.model.members).not.toEqual(first.model.members);
    expect(predictWindows(first.model, dropping.train)).toEqual(predictWindows(first.model, dropping.train));
  });

  it('pulls matrices towards 0 by weight decay', async () => {
    const norm = async (weightDecay: number): Promise<number> => {
      const { model } = await trainSequenceModel(smallTraining({ weightDecay, epochs: 3, batchSize: 4 }));
      return Math.hypot(...model.members[0]!.find(({ name }) => name === 'head.kernel')!.values);
    };
    expect(await norm(2)).toBeLessThan(0.8 * (await norm(0)));
  });

  it('learns the same from windows cut when their batch is due as from windows in memory', async () => {
    const inMemory = trainingOn(train, validation, { epochs: 2 });
    const options = { windowLength: 4 };
    const fromSegments = { ...inMemory, train: segmentWindows(train, options), validation: segmentWindows(validation, options) }; // prettier-ignore
    const [first, second] = [await trainSequenceModel(inMemory), await trainSequenceModel(fromSegments)];
    expect(second.model).toEqual(first.model);
    expect(second.history).toEqual(first.history);
  });
});
