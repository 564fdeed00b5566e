import { FakeClock } from '@i-drill/testkit';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { dataSet, movingSums, segment } from '../testing/data-sets.js';
import { smallSet, smallTraining, tinyLstm, trainingOn } from '../testing/small-training.js';
import { predictWindows } from './predict-windows.js';
import { trainSequenceModel } from './train-sequence-model.js';

const train = dataSet([movingSums('a', 1), movingSums('b', 2), movingSums('c', 3)]);
const validation = dataSet([movingSums('v', 4)]);
/** Each look at it is half a second after the one before. */
class HalfSecondClock extends FakeClock {
  override now(): number {
    this.advance(500);
    return super.now();
  }
}

function meanAbsoluteError(actual: Float32Array, predicted: Float32Array): number {
  return actual.reduce((sum, value, index) => sum + Math.abs(value - predicted[index]!), 0) / actual.length;
}

describe('trainSequenceModel() on WebAssembly', () => {
  beforeAll(async () => {
    await selectBackend(['wasm']);
  });

  it.each([1, 2])('learns sums over the window with %i layers, and leaves no tensor behind', async (numLayers) => {
    const before = tf.memory().numTensors;
    const wanted = { ...trainingOn(train, validation), architecture: { ...tinyLstm, numLayers } };
    const { model, history, stopped } = await trainSequenceModel(wanted);
    const predicted = predictWindows(model, wanted.validation);
    expect(stopped).toBe('epochs');
    expect(history).toHaveLength(12);
    expect(meanAbsoluteError(wanted.validation.targets, predicted)).toBeLessThan(1); // targets vary by 5
    expect(tf.memory().numTensors).toBe(before);
  });

  it('learns the difference to the anchor, and predicts with the anchor added', async () => {
    // the level climbs far beyond the training range; only the difference can be learned
    const climbing = (unit: string, seed: number, from: number) => {
      const noise = Array.from(movingSums(unit, seed, 150).features);
      const level = noise.map((value, row) => from + row + value);
      const target = noise.map((value, row) => level[row]! + 3 * value);
      return segment(unit, level, target);
    };
    const seen = dataSet([climbing('a', 1, 0), climbing('b', 2, 100)], { anchorFeature: 0 });
    const higher = dataSet([climbing('v', 3, 150)], { anchorFeature: 0 });
    const wanted = trainingOn(seen, higher);
    const { model } = await trainSequenceModel(wanted);
    expect(model.preprocessing.anchorFeature).toBe(0);
    expect(meanAbsoluteError(wanted.validation.targets, predictWindows(model, wanted.validation))).toBeLessThan(1);
  });

  it('gives identical weights for the same seed, and others for another', async () => {
    const [first, second] = [await trainSequenceModel(smallTraining()), await trainSequenceModel(smallTraining())];
    const other = await trainSequenceModel(smallTraining({ seed: 2 }));
    expect(second.model.members).toEqual(first.model.members);
    expect(other.model.members).not.toEqual(first.model.members);
  });

  it('keeps the weights of the best epoch and stops early', async () => {
    const flipped = dataSet([segment('v', [...smallSet.segments[0]!.features], [...smallSet.segments[0]!.target].map((y) => -y))]); // prettier-ignore
    const wanted = trainingOn(smallSet, flipped, { patience: 3, epochs: 50 });
    const { history, bestEpoch, stopped, model } = await trainSequenceModel(wanted);
    const losses = history.map(({ validationLoss }) => validationLoss);
    expect(stopped).toBe('early');
    expect(history).toHaveLength(bestEpoch + 3);
    expect(losses[bestEpoch - 1]).toBe(Math.min(...losses));
    const scale = wanted.preprocessing.targetScaler.scale[0]!;
    const errors = predictWindows(model, wanted.validation).map((y, index) => ((y - wanted.validation.targets[index]!) / scale) ** 2); // prettier-ignore
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeCloseTo(Math.min(...losses), 2);
  });

  it('reports every epoch with pace and time left', async () => {
    const seen: number[] = [];
    const { history } = await trainSequenceModel({
      ...smallTraining({ epochs: 3 }),
      clock: new HalfSecondClock(),
      onEpoch: (progress) => seen.push(progress.epoch),
    });
    expect(seen).toEqual([1, 2, 3]);
    expect(history[0]).toMatchObject({
      epochs: 3,
      windowsPerSecond: 80,
      etaSeconds: 1,
      best: true,
      learningRate: 0.02,
    });
    expect(history[2]).toMatchObject({ etaSeconds: 0 });
  });
});

describe('an interrupted training', () => {
  it('ends after the current batch with the best weights so far', async () => {
    const controller = new AbortController();
    const wanted = { ...smallTraining({ epochs: 1000 }), signal: controller.signal };
    const { bestEpoch, stopped, history, model } = await trainSequenceModel({
      ...wanted,
      onEpoch: ({ epoch }) => {
        if (epoch === 2) controller.abort();
      },
    });
    const twoEpochs = await trainSequenceModel(smallTraining({ epochs: 2 }));
    expect(stopped).toBe('interrupted');
    expect(history).toHaveLength(2);
    expect(bestEpoch).toBe(2);
    expect(model.members).toEqual(twoEpochs.model.members);
  });

  it('gives the current weights when no epoch was complete', async () => {
    const signal = AbortSignal.abort();
    const { bestEpoch, history, model } = await trainSequenceModel({ ...smallTraining({ batchSize: 8 }), signal });
    expect(bestEpoch).toBe(0);
    expect(history).toEqual([]);
    expect(predictWindows(model, smallTraining().validation).every(Number.isFinite)).toBe(true);
  });

  it('hears a signal that comes from outside: batches let the event loop turn', async () => {
    const controller = new AbortController();
    setImmediate(() => {
      controller.abort();
    });
    const { stopped, bestEpoch } = await trainSequenceModel({
      ...smallTraining({ epochs: 1000, patience: 1000, batchSize: 8 }),
      signal: controller.signal,
    });
    expect(stopped).toBe('interrupted');
    expect(bestEpoch).toBeLessThan(2);
  });
});
