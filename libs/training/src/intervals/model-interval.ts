import type { PredictionInterval } from '@i-drill/core';
import { predictOutputs, type PredictedOutputs } from '../loop/predict-windows.js';
import type { Windows } from '../loop/windows.js';
import type { OutputColumn } from '../sequence/output-columns.js';
import type { SequenceModel } from '../sequence/sequence-model.js';
import { calibrateInterval, type IntervalOptions } from './calibrate-interval.js';
import { intervalOf, quantilesAt, type PredictedQuantiles } from './interval-of.js';

/** The ends of the intervals of some windows, target units, shape [count] each. */
export interface PredictedBounds {
  readonly lower: Float32Array;
  readonly upper: Float32Array;
}

/**
 * The same model with an interval, calibrated on windows of units it has never seen, neither to learn nor to stop.
 *
 * @throws TrainingError `TRAINING_TOO_FEW_CALIBRATION_UNITS`, and what `predictOutputs` throws
 * @throws RangeError for `conformalised-quantiles` with a model that does not predict the quantiles of the coverage
 *
 * @example
 * ```ts
 * import { calibrateModel, selectBackend } from '@i-drill/training';
 * await selectBackend(['cpu']);
 * const model = {
 *   architecture: { type: 'lstm', hiddenSize: 1, numLayers: 1, dropout: 0 },
 *   preprocessing: {
 *     formatVersion: 1, task: 'remaining-useful-life', features: [{ name: 'torque', unit: 'kN.m' }],
 *     target: { name: 'life', unit: 'h' }, windowLength: 1, padding: 'repeat-first-row',
 *     featureScaler: { mean: [9], scale: [2] }, targetScaler: { mean: [20], scale: [8] },
 *   },
 *   columns: [{ kind: 'point' }],
 *   members: [
 *     [
 *       { name: 'lstm0.weights', shape: [3, 4], values: new Float32Array(12) },
 *       { name: 'head.kernel', shape: [1, 1], values: new Float32Array(1) },
 *       { name: 'head.bias', shape: [1], values: Float32Array.of(0.5) },
 *     ],
 *   ],
 * } as const;
 * const windows = {
 *   count: 4, length: 1, featureCount: 1, inputs: Float32Array.of(8, 9, 7, 9), targets: Float32Array.of(23, 26, 27, 20),
 *   unitOf: Int32Array.of(0, 1, 2, 3), units: ['bit 1', 'bit 2', 'bit 3', 'bit 4'],
 * };
 * calibrateModel(model, windows, { method: 'split-conformal', coverage: 0.8 }).interval?.above; // => [4]
 * ```
 */
export function calibrateModel(model: SequenceModel, windows: Windows, options: IntervalOptions): SequenceModel {
  const { prediction, columns } = predictOutputs(model, windows);
  const quantiles = predictedQuantiles(model.columns, columns, options);
  const sample = { predictions: prediction, targets: windows.targets, unitOf: windows.unitOf };
  return { ...model, interval: calibrateInterval(quantiles ? { ...sample, quantiles } : sample, options) };
}

/**
 * The interval of every prediction; `undefined` for a model without one.
 *
 * @example
 * ```ts
 * import { predictedBounds } from '@i-drill/training';
 * const interval = {
 *   method: 'split-conformal', coverage: 0.9, edges: [], below: [4], above: [4], minimum: 0,
 *   calibratedOn: { windows: 800, units: 40 },
 * } as const;
 * const prediction = Float32Array.of(3, 50);
 * const bounds = predictedBounds({ columns: [{ kind: 'point' }], interval }, { prediction, columns: [prediction] });
 * Array.from(bounds?.lower ?? []); // => [0, 46]
 * ```
 */
export function predictedBounds(
  { columns, interval }: Pick<SequenceModel, 'columns' | 'interval'>,
  outputs: PredictedOutputs,
): PredictedBounds | undefined {
  if (interval === undefined) return undefined;
  const quantiles = predictedQuantiles(columns, outputs.columns, interval);
  const bounds = Array.from(outputs.prediction, (value, i) => intervalOf(value, interval, quantilesAt(quantiles, i)));
  return {
    lower: Float32Array.from(bounds, ({ lower }) => lower),
    upper: Float32Array.from(bounds, ({ upper }) => upper),
  };
}

/** The two columns between which the share `coverage` lies, where the method asks for them and the model has them. */
function predictedQuantiles(
  columns: readonly OutputColumn[],
  values: readonly Float32Array[],
  { method, coverage }: Pick<PredictionInterval, 'method' | 'coverage'>,
): PredictedQuantiles | undefined {
  if (method === 'split-conformal') return undefined;
  const lower = values[quantileColumn(columns, (1 - coverage) / 2)];
  const upper = values[quantileColumn(columns, (1 + coverage) / 2)];
  return lower && upper && { lower, upper };
}

/** Levels are computed in different ways, 0.05 and (1 − 0.9) / 2. */
const levelTolerance = 1e-9;

function quantileColumn(columns: readonly OutputColumn[], level: number): number {
  return columns.findIndex((column) => column.kind === 'quantile' && Math.abs(column.level - level) < levelTolerance);
}
