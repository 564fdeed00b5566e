import type { Preprocessing } from '@i-drill/core';
import type { LstmLayerWeights, SequenceModel } from '@i-drill/training';

/** What may be chosen about a random model. */
interface RandomModelOptions {
  readonly seed: number;
  readonly layers: number;
  readonly features: number;
  readonly anchorFeature?: number | undefined;
}

/** A model with weights in [-1, 1), layers of different widths and scalers that matter; output of the order of 1. */
export function randomModel({ seed, layers, features, anchorFeature }: RandomModelOptions): SequenceModel {
  const draw = uniform(seed);
  const values = (size: number): Float32Array => Float32Array.from({ length: size }, () => 2 * draw() - 1);
  const widths = Array.from({ length: layers }, (_, index) => 6 - index);
  const stack = widths.map((units, index): LstmLayerWeights => {
    const inputs = index === 0 ? features : widths[index - 1]!;
    const gates = 4 * units;
    return { inputs, units, kernel: values(inputs * gates), recurrent: values(units * gates), bias: values(gates) };
  });
  return {
    modelType: 'lstm',
    preprocessing: {
      formatVersion: 1,
      task: 'rate-of-penetration',
      features: Array.from({ length: features }, (_, j) => ({ name: `x${j}`, unit: '-' })),
      target: { name: 'y', unit: 'm/h' },
      windowLength: 4,
      padding: 'repeat-first-row',
      featureScaler: {
        mean: Array.from({ length: features }, () => draw()),
        scale: Array.from({ length: features }, () => 0.5 + draw()),
      },
      targetScaler: { mean: [0.3], scale: [0.7] },
      ...(anchorFeature === undefined ? {} : { anchorFeature }),
    },
    weights: { layers: stack, head: { kernel: values(widths.at(-1)!), bias: values(1) } },
  };
}

/** Raw windows with values in [-1, 3). */
export function randomWindows({ windowLength, features }: Preprocessing, count: number, seed: number): Float32Array {
  const draw = uniform(seed);
  return Float32Array.from({ length: count * windowLength * features.length }, () => 4 * draw() - 1);
}

/** mulberry32. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
