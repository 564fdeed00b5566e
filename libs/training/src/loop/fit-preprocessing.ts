import type { Preprocessing, Regimes, SensorDataset, SensorSegment, StandardScaler } from '@i-drill/core';
import { TrainingError } from '../errors.js';
import { columnOf, featureRows, type FeatureRows } from './feature-rows.js';
import { findRegimes, regimeDefaults, rowsByRegime } from './find-regimes.js';
import { requireFiniteFeatures, requireFiniteTargets } from './finite-features.js';
import { fitScaler } from './fit-scaler.js';

/** What of the preprocessing is chosen, not fitted. */
export interface PreprocessingOptions {
  /** Rows per window. */
  readonly windowLength: number;
  /** Targets above this value are cut to it. @default no cap */
  readonly targetCap?: number;
  /**
   * `find`: where the data set names condition features, and its rows fall into a few operating conditions, each condition
   * gets a feature scaler of its own. `none`: one scaler for all rows.
   * @default 'find'
   */
  readonly regimes?: 'find' | 'none';
  /** Seeds the search for regimes. @default 1 */
  readonly seed?: number;
}

/**
 * Fits the scalers on a data set: mean and population standard deviation over all its rows, per feature, and of the
 * capped target over the rows that have one (of target − anchor when the data set names an anchor feature). A constant
 * column gets scale 1, also one that is constant within an operating condition. Targets that are classes stay as they
 * are. Give it the training part only: what it sees, the model has seen.
 *
 * @throws TrainingError `TRAINING_NAN_FEATURE`; `TRAINING_INFINITE_TARGET`; `TRAINING_TOO_FEW_WINDOWS` when no row has a target
 *
 * @example
 * ```ts
 * import { fitPreprocessing } from '@i-drill/training';
 * const segment = { unit: 'bit 1', rows: 2, features: Float64Array.of(5, 7), target: Float64Array.of(30, 10) };
 * const fitted = fitPreprocessing(
 *   {
 *     name: 'demo', task: 'remaining-useful-life', features: [{ name: 'torque', unit: 'kN.m' }],
 *     target: { name: 'life', unit: 'h' }, segments: [segment], source: 'simulated', fingerprint: '', evaluateOn: 'every-row',
 *   },
 *   { windowLength: 2, targetCap: 20 },
 * );
 * fitted.featureScaler; // => { mean: [6], scale: [1] }
 * fitted.targetScaler; // => { mean: [15], scale: [5] }
 * ```
 */
export function fitPreprocessing(train: SensorDataset, options: PreprocessingOptions): Preprocessing {
  for (const segment of train.segments) {
    requireFiniteFeatures(train, segment);
    requireFiniteTargets(train, segment, options.targetCap);
  }
  const targets = train.segments.flatMap((segment) => learnedTargets(train, segment, options.targetCap));
  if (targets.length === 0) throw noTarget(train);
  const rows = featureRows(train);
  const regimes = options.regimes === 'none' ? undefined : fitRegimes(rows, train, options.seed);
  return {
    formatVersion: 1,
    task: train.task,
    features: train.features,
    target: train.target,
    windowLength: options.windowLength,
    padding: 'repeat-first-row',
    featureScaler: fitRowScaler(rows),
    targetScaler: train.classes === undefined ? fitScaler([targets]) : { mean: [0], scale: [1] },
    ...(options.targetCap === undefined ? {} : { targetCap: options.targetCap }),
    ...(train.anchorFeature === undefined ? {} : { anchorFeature: train.anchorFeature }),
    ...(regimes === undefined ? {} : { regimes }),
    ...(train.classes === undefined ? {} : { classes: train.classes }),
  };
}

function fitRegimes(rows: FeatureRows, train: SensorDataset, seed = regimeDefaults.seed): Regimes | undefined {
  const found = findRegimes(rows, train.conditionFeatures ?? [], { ...regimeDefaults, seed });
  if (found === undefined) return undefined;
  return { ...found, scalers: rowsByRegime(rows, found).map((chosen) => fitRowScaler(rows, chosen)) };
}

function fitRowScaler(rows: FeatureRows, chosen?: Int32Array): StandardScaler {
  return fitScaler(Array.from({ length: rows.width }, (_, column) => columnOf(rows, column, chosen)));
}

function learnedTargets(dataset: SensorDataset, segment: SensorSegment, cap = Number.POSITIVE_INFINITY): number[] {
  const { anchorFeature, features } = dataset;
  const values: number[] = [];
  for (let row = 0; row < segment.rows; row++) {
    const target = segment.target[row]!;
    if (Number.isNaN(target)) continue;
    const anchor = anchorFeature === undefined ? 0 : segment.features[row * features.length + anchorFeature]!;
    values.push(Math.min(target, cap) - anchor);
  }
  return values;
}

function noTarget(dataset: SensorDataset): TrainingError {
  return new TrainingError(
    `Cannot fit preprocessing: no row of data set "${dataset.name}" has a target; give rows with one`,
    { code: 'TRAINING_TOO_FEW_WINDOWS', details: { dataset: dataset.name, windows: 0 } },
  );
}
