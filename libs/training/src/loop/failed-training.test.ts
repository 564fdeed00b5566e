import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import type { Architecture } from '../sequence/architecture.js';
import { dataSet, segment } from '../testing/data-sets.js';
import { classedSet, smallSet, smallTraining, tinyLstm, trainingOn } from '../testing/small-training.js';
import { trainSequenceModel } from './train-sequence-model.js';
import type { EpochProgress, TrainingRequest, TrainingSettings } from './training-types.js';
import { asWindowSource, type WindowSource } from './window-source.js';
import { makeWindows, type Windows } from './windows.js';

interface Failure {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** Epochs that were complete before it. */
  readonly epochs: number;
}

/** How a training fails. It leaves no tensor behind. */
async function failureOf(wanted: TrainingRequest): Promise<Failure> {
  const before = tf.memory().numTensors;
  const seen: EpochProgress[] = [];
  const onEpoch = (progress: EpochProgress): void => void seen.push(progress);
  const error: unknown = await trainSequenceModel({ ...wanted, onEpoch }).catch((reason: unknown) => reason);
  expect(tf.memory().numTensors).toBe(before);
  expect(error).toBeInstanceOf(Error);
  const { name, message, code, details } = error as Failure;
  return { name, message, epochs: seen.length, ...(code && { code }), ...(details && { details }) };
}

/** Features that say nothing; targets that vary. */
function blindSet() {
  const target = Array.from(smallSet.segments[0]!.target);
  return dataSet([segment('u', target.map(() => 1), target)]); // prettier-ignore
}

describe('a training that cannot begin', () => {
  beforeAll(async () => {
    await selectBackend(['wasm']);
  });

  it('names an unknown model type', async () => {
    const architecture = { type: 'tree' } as unknown as Architecture;
    expect(await failureOf({ ...smallTraining(), architecture })).toMatchObject({
      code: 'TRAINING_UNKNOWN_MODEL_TYPE',
    });
  });

  it('wants at least two windows in each part', async () => {
    const single = dataSet([segment('u', [1], [1])]);
    const tooFew = { code: 'TRAINING_TOO_FEW_WINDOWS' };
    expect(await failureOf(trainingOn(single, smallSet))).toMatchObject({ ...tooFew, details: { part: 'training' } });
    expect(await failureOf(trainingOn(smallSet, single))).toMatchObject({ ...tooFew, details: { part: 'validation' } });
  });

  it('refuses windows of another shape than the preprocessing', async () => {
    const validation = makeWindows(smallSet, { windowLength: 5 });
    expect(await failureOf({ ...smallTraining(), validation })).toMatchObject({
      name: 'RangeError',
      message: expect.stringContaining('the validation windows have 5 rows of 1 features, not 4 of 1') as string,
    });
  });

  it('refuses settings and architectures no training can follow', async () => {
    expect(await failureOf(smallTraining({ learningRate: NaN }))).toMatchObject({ name: 'RangeError' });
    const architecture = { ...tinyLstm, hiddenSize: 0 };
    expect(await failureOf({ ...smallTraining(), architecture })).toMatchObject({ name: 'RangeError' });
  });

  it('wants training windows of at least two classes', async () => {
    const several = classedSet('a', 1);
    const low = { ...several, segments: several.segments.map((part) => ({ ...part, target: part.target.map(() => 0) })) }; // prettier-ignore
    const loss: TrainingSettings['loss'] = [{ type: 'cross-entropy', classWeights: [1, 1, 1] }];
    expect(await failureOf(trainingOn(low, several, { loss }))).toMatchObject({ code: 'TRAINING_ONE_CLASS' });
  });
});

describe('a training that goes wrong', () => {
  beforeAll(async () => {
    await selectBackend(['wasm']);
  });

  it('is stopped in the epoch in which it diverges, with the learning rate', async () => {
    const failure = await failureOf(smallTraining({ learningRate: 1e30, gradientClip: 1e30, epochs: 9 }));
    expect(failure).toMatchObject({
      code: 'TRAINING_DIVERGED',
      message: expect.stringMatching(/in epoch 1 of seed 1 at learning rate 1e\+30; lower learningRate/) as string,
      details: { epoch: 1, learningRate: 1e30, seed: 1 },
      epochs: 0,
    });
  });

  it('is stopped when the loss is finite and far beyond that of an output of 0', async () => {
    const failure = await failureOf(smallTraining({ learningRate: 300, gradientClip: 1e9, epochs: 9, batchSize: 8 }));
    expect(failure).toMatchObject({ code: 'TRAINING_DIVERGED', epochs: 0 });
    expect(failure.details!['loss']).toBeLessThan(Infinity);
    expect(failure.message).toContain('where an output of 0 would have');
  });

  it('is stopped at a gradient that is not finite, before it reaches the weights', async () => {
    const wanted = smallTraining({ batchSize: 8 });
    const inputs = wanted.train.inputs.slice();
    inputs[inputs.length - 1] = 3e38; // scaled, it is infinite: gates saturate, the loss stays finite, its gradient is 0 · ∞
    const failure = await failureOf({ ...wanted, train: { ...wanted.train, inputs } });
    expect(failure).toMatchObject({ code: 'TRAINING_BROKEN_GRADIENT', details: { weight: 'lstm0.weights', epoch: 1 } });
    expect(failure.message).toContain(
      'the gradient of "lstm0.weights" is not finite in epoch 1 of seed 1 at learning rate 0.02',
    );
  });

  it('is stopped when the output has been constant for half the patience', async () => {
    const failure = await failureOf(trainingOn(blindSet(), blindSet(), { epochs: 50, patience: 12 }));
    expect(failure).toMatchObject({
      code: 'TRAINING_COLLAPSED',
      details: { epoch: 6, constantEpochs: 6, learningRate: 0.02, seed: 1 },
      epochs: 6,
    });
  });

  it('is refused at its end when it was too short for that', async () => {
    const failure = await failureOf(trainingOn(blindSet(), blindSet(), { epochs: 2 }));
    expect(failure).toMatchObject({ code: 'TRAINING_COLLAPSED', epochs: 2 });
    expect(failure.message).toContain('in the best epoch, 2 of seed 1 at learning rate 0.02');
  });

  it('is stopped when it says the same class probabilities for every window', async () => {
    const blind = (set: ReturnType<typeof classedSet>) => ({ ...set, segments: set.segments.map((part) => ({ ...part, features: part.features.map(() => 1) })) }); // prettier-ignore
    const loss: TrainingSettings['loss'] = [{ type: 'cross-entropy', classWeights: [1, 1, 1] }];
    const wanted = trainingOn(blind(classedSet('a', 1)), blind(classedSet('b', 2)), { loss, epochs: 50, patience: 12 });
    expect(await failureOf(wanted)).toMatchObject({ code: 'TRAINING_COLLAPSED', epochs: 6 });
  });

  it('learns a constant target as the constant it is: that is no collapse', async () => {
    const { features } = smallSet.segments[0]!;
    const constant = dataSet([
      segment(
        'u',
        Array.from(features),
        Array.from(features, () => 7),
      ),
    ]);
    const { stopped, history } = await trainSequenceModel(trainingOn(constant, constant, { epochs: 8, patience: 8 }));
    expect(stopped).toBe('epochs');
    expect(history.at(-1)!.validationLoss).toBeLessThan(history[0]!.validationLoss);
  });

  it('is stopped when a source gives another number of windows than it promised', async () => {
    const wanted = smallTraining();
    const promising = (part: Windows): WindowSource => ({ ...asWindowSource(part), count: 41 });
    for (const part of ['training', 'validation'] as const) {
      const key = part === 'training' ? 'train' : 'validation';
      const failure = await failureOf({ ...wanted, [key]: promising(wanted[key]) });
      expect(failure).toMatchObject({ name: 'RangeError', epochs: 0 });
      expect(failure.message).toContain(`the ${part} source gave 40 windows and promised 41`);
    }
  });

  it('passes on what the caller throws, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const onCheckpoint = (): Promise<void> => Promise.reject(new Error('disk full'));
    await expect(trainSequenceModel({ ...smallTraining(), onCheckpoint })).rejects.toThrow('disk full');
    expect(tf.memory().numTensors).toBe(before);
  });
});
