import type { PredictionInterval } from '@i-drill/core';
import type { Architecture, OutputColumn } from '@i-drill/training';
import fc from 'fast-check';
import { pointOnly, type ModelChoice } from './random-model.js';

/** Random models that are small enough for hundreds of them. */
export function modelChoices(): fc.Arbitrary<ModelChoice> {
  return fc
    .record({
      seed: fc.integer({ min: 0, max: 1_000_000 }),
      architecture: architectures,
      features: fc.integer({ min: 1, max: 5 }),
      windowLength: fc.integer({ min: 1, max: 11 }),
      columns: fc.constantFrom(...columnSets),
      members: fc.integer({ min: 1, max: 3 }),
      regimeCount: fc.integer({ min: 0, max: 4 }),
      anchored: fc.boolean(),
      method: fc.constantFrom('none', 'split-conformal', 'conformalised-quantiles'),
      bins: fc.array(fc.double({ min: -0.5, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }),
      bounded: fc.boolean(),
    })
    .map(({ regimeCount, anchored, method, bins, bounded, ...choice }) => ({
      ...choice,
      anchorFeature: anchored ? choice.features - 1 : undefined,
      regimes: regimeCount === 0 ? undefined : { count: regimeCount, conditions: Math.min(2, choice.features) },
      interval: intervalFor(choice.columns, method, { margins: bins, bounded }),
    }));
}

const size = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

/**
 * The normalisation of two columns is the sign of their difference: where they nearly agree, it multiplies the rounding of
 * single precision by up to 1 / √1e-5 = 316, in training and here. That four or more nearly agree is no matter of chance.
 */
const leastWidth = 4;

const architectures: fc.Arbitrary<Architecture> = fc.oneof(
  fc.record({
    type: fc.constant('lstm' as const),
    hiddenSize: size(1, 7),
    numLayers: size(1, 3),
    dropout: fc.constantFrom(0, 0.4),
  }),
  fc.record({
    type: fc.constant('cnn-lstm' as const),
    filters: size(1, 6),
    kernelSize: fc.constantFrom(1, 3, 5),
    convolutions: size(1, 3),
    hiddenSize: size(1, 5),
    numLayers: size(1, 2),
    dropout: fc.constantFrom(0, 0.4),
  }),
  fc
    .record({
      type: fc.constant('transformer' as const),
      headSize: size(1, 4),
      heads: size(1, 3),
      numLayers: size(1, 3),
      feedForwardSize: size(1, 9),
      positions: fc.constantFrom('learned' as const, 'sinusoidal' as const),
      dropout: fc.constantFrom(0, 0.4),
    })
    .map(({ headSize, ...rest }) => ({ ...rest, modelSize: headSize * rest.heads }))
    .filter(({ modelSize }) => modelSize >= leastWidth),
);

const quantile = (level: number): OutputColumn => ({ kind: 'quantile', level });
const columnSets: readonly (readonly OutputColumn[])[] = [
  pointOnly,
  [{ kind: 'point' }, quantile(0.05), quantile(0.95)],
  [quantile(0.95), quantile(0.5), quantile(0.05)],
  ['normal', 'stick-slip'].map((name) => ({ kind: 'class', name })),
  ['normal', 'stick-slip', 'bit bounce', 'wash-out'].map((name) => ({ kind: 'class', name })),
];

function intervalFor(
  columns: readonly OutputColumn[],
  method: PredictionInterval['method'] | 'none',
  { margins, bounded }: { margins: readonly number[]; bounded: boolean },
): PredictionInterval | undefined {
  const predicts = (kind: OutputColumn['kind']): boolean => columns.some((column) => column.kind === kind);
  if (method === 'none' || predicts('class')) return undefined;
  if (method === 'conformalised-quantiles' && !predicts('quantile')) return undefined;
  return {
    method,
    coverage: 0.9,
    edges: margins.slice(1).map((_, i) => 0.4 * i),
    below: margins,
    above: margins.map((margin) => 0.7 - margin),
    ...(bounded && { minimum: -0.2, maximum: 1.1 }),
    calibratedOn: { windows: 100, units: 20 },
  };
}
