import type { PredictionInterval } from '@i-drill/core';
import type { OutputColumn, SequenceModel } from '@i-drill/training';
import { describe, expect, it } from 'vitest';
import { answersByFile } from '../testing/answers-by-file.js';

/** Predicts the last value it reads, plus one constant per column. */
function echo(
  columns: readonly OutputColumn[],
  constants: readonly number[],
  interval: PredictionInterval,
): SequenceModel {
  return {
    architecture: { type: 'lstm', hiddenSize: 1, numLayers: 1, dropout: 0 },
    preprocessing: {
      formatVersion: 1,
      task: 'rate-of-penetration',
      features: [{ name: 'x', unit: '-' }],
      target: { name: 'y', unit: '-' },
      windowLength: 1,
      padding: 'repeat-first-row',
      featureScaler: { mean: [0], scale: [1] },
      targetScaler: { mean: [0], scale: [1] },
      anchorFeature: 0,
    },
    columns,
    members: [
      [
        { name: 'lstm0.weights', shape: [3, 4], values: new Float32Array(12) },
        { name: 'head.kernel', shape: [1, columns.length], values: new Float32Array(columns.length) },
        { name: 'head.bias', shape: [columns.length], values: Float32Array.from(constants) },
      ],
    ],
    interval,
  };
}

const split: PredictionInterval = {
  method: 'split-conformal',
  coverage: 0.8,
  edges: [10, 20],
  below: [1, 2, 3],
  above: [4, 5, 6],
  calibratedOn: { windows: 100, units: 20 },
};
const point: OutputColumn = { kind: 'point' };
const quantiles = [0.1, 0.9].map((level): OutputColumn => ({ kind: 'quantile', level }));

async function endsOf(model: SequenceModel, values: readonly number[]): Promise<[number, number][]> {
  const { lower, upper } = await answersByFile(model, Float32Array.from(values), values.length);
  return Array.from(lower!, (end, n) => [end, upper![n]!]);
}

describe('the interval of an exported model', () => {
  it('takes its margins from the bin of the prediction; an edge belongs to the bin above it', async () => {
    const justBelow = Math.fround(9.9999);
    const ends = await endsOf(echo([point], [0], split), [-50, justBelow, 10, 19, 20, 1000]);
    expect(ends[1]![0]).toBeCloseTo(justBelow - 1, 5);
    expect(ends.toSpliced(1, 1)).toEqual([[-51, -46], [8, 15], [17, 24], [17, 26], [997, 1006]]); // prettier-ignore
  });

  it('has one pair of margins where there are no edges', async () => {
    const interval = { ...split, edges: [], below: [1], above: [2] };
    expect(await endsOf(echo([point], [0], interval), [-5, 5])).toEqual([[-6, -3], [4, 7]]); // prettier-ignore
  });

  it('is cut to the bounds there are', async () => {
    const values = [-50, 9, 1000];
    const cut = async (bounds: Pick<PredictionInterval, 'minimum' | 'maximum'>): Promise<[number, number][]> =>
      endsOf(echo([point], [0], { ...split, ...bounds }), values);
    expect(await cut({ minimum: 0, maximum: 12 })).toEqual([[0, 0], [8, 12], [12, 12]]); // prettier-ignore
    expect(await cut({ minimum: 0 })).toEqual([[0, 0], [8, 13], [997, 1006]]); // prettier-ignore
    expect(await cut({ maximum: 12 })).toEqual([[-51, -46], [8, 12], [12, 12]]); // prettier-ignore
  });

  it('is laid around predicted quantiles, in order even where they cross; bins are still those of the prediction', async () => {
    const interval: PredictionInterval = { ...split, method: 'conformalised-quantiles' };
    expect(await endsOf(echo([point, ...quantiles], [0, -7, 8], interval), [0, 15])).toEqual([[-8, 12], [6, 28]]); // prettier-ignore
    expect(await endsOf(echo([point, ...quantiles], [0, 8, -7], interval), [0, 15])).toEqual([[-8, 12], [6, 28]]); // prettier-ignore
  });

  it('shrinks by negative margins, and to its middle where its ends would cross', async () => {
    const interval: PredictionInterval = {
      ...split,
      method: 'conformalised-quantiles',
      edges: [10],
      below: [-1, -9],
      above: [-2, -11],
    };
    expect(await endsOf(echo([point, ...quantiles], [0, -7, 8], interval), [0, 15])).toEqual([[-6, 6], [14.5, 14.5]]); // prettier-ignore
  });

  it('is NaN where the window is, cut or not, alone and among many', async () => {
    const interval = { ...split, minimum: 0, maximum: 100 };
    for (const model of [echo([point], [0], split), echo([point], [0], interval)]) {
      for (const times of [1, 100]) {
        const values = Array.from({ length: times }, () => [NaN, 12, Infinity]).flat();
        const expected = Array.from({ length: times }, () => [[NaN, NaN], [10, 17], [NaN, NaN]]).flat(); // prettier-ignore
        expect(await endsOf(model, values)).toEqual(expected);
      }
    }
  });
});
