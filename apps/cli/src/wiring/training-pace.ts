import type { SensorDataset } from '@i-drill/core';
import { createRng, normal } from '@i-drill/numerics';
import { fitPreprocessing, makeWindows, trainSequenceModel } from '@i-drill/training';
import { systemClock } from './system-clock.js';

const [windowLength, features, rows] = [30, 14, 1024];

/** Windows per second at which the backend in use trains an LSTM of 64 units on windows of 30 × 14 noise. */
export async function measurePace(): Promise<number> {
  const data = noise();
  const windows = makeWindows(data, { windowLength });
  const { history } = await trainSequenceModel({
    architecture: { type: 'lstm', hiddenSize: 64, numLayers: 1, dropout: 0 },
    train: windows,
    validation: { ...windows, count: 256, inputs: windows.inputs.slice(0, 256 * windowLength * features) },
    preprocessing: fitPreprocessing(data, { windowLength }),
    settings: {
      loss: [{ type: 'mse' }],
      learningRate: 0.01,
      schedule: { type: 'plateau' },
      weightDecay: 0,
      batchSize: 256,
      epochs: 2, // the first warms up
      patience: 2,
      gradientClip: 1,
      seed: 1,
    },
    clock: systemClock,
  });
  return history.at(-1)!.windowsPerSecond;
}

function noise(): SensorDataset {
  const rng = createRng(1);
  const values = Float64Array.from({ length: rows * features }, () => normal(rng));
  const segment = { unit: 'noise', rows, features: values, target: values.slice(0, rows) };
  return {
    name: 'noise',
    task: 'remaining-useful-life',
    features: Array.from({ length: features }, (_, index) => ({ name: `x${index}`, unit: '-' })),
    target: { name: 'y', unit: '-' },
    segments: [segment],
    source: 'simulated',
    fingerprint: '',
    evaluateOn: 'every-row',
  };
}
