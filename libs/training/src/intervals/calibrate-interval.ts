import type { PredictionInterval } from '@i-drill/core';
import { TrainingError } from '../errors.js';
import { conformalQuantile, countsPerUnit, unitsNeeded, type CoverageGuarantee } from './conformal-quantile.js';
import { intervalBase, quantilesAt, type PredictedQuantiles } from './interval-of.js';
import { binOf, predictionEdges } from './prediction-bins.js';

/** What a model said about units it has never seen, and what was true. All arrays have shape [windows], target units. */
export interface CalibrationSample {
  readonly predictions: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
  /** Any number that is the same for windows of one unit. */
  readonly unitOf: ArrayLike<number>;
  /** Predicted quantiles at (1 − coverage) / 2 and (1 + coverage) / 2; needed for `conformalised-quantiles`. */
  readonly quantiles?: PredictedQuantiles;
}

/** How an interval is calibrated. */
export interface IntervalOptions {
  readonly method: PredictionInterval['method'];
  /** In (0, 1). */
  readonly coverage: number;
  /** Most bins by prediction; fewer are made where the sample does not carry them. @default 8 */
  readonly maximumBins?: number;
  /** @default 'guaranteed' */
  readonly guarantee?: CoverageGuarantee;
  /** Bounds of what can be true, for example 0 and the label cap for remaining life. */
  readonly minimum?: number;
  readonly maximum?: number;
}

/**
 * Calibrates the interval of a model on units it was not trained on and that did not stop its training. With one
 * {@link conformalQuantile} per bin b of predictions:
 *
 *   split conformal (Lei et al. 2018):                        s = |y − ŷ|,                     ŷ ∓ q_b
 *   conformalised quantiles (Romano, Patterson & Candès 2019): s = max(ŷ_lower − y, y − ŷ_upper), [ŷ_lower − q_b, ŷ_upper + q_b]
 *
 * Bins make the width follow the prediction (Mondrian conformal prediction: Vovk, Gammerman & Shafer 2005, §4.5): a worn bit is
 * known better than a new one. Each bin has at least twice the units its coverage needs, so that the mass set aside for a
 * new unit stays small. The edges are taken from the same predictions, so coverage inside a bin is exact but for one score.
 *
 * @throws TrainingError `TRAINING_TOO_FEW_CALIBRATION_UNITS` when the units are too few for the coverage
 * @throws RangeError for arrays of different lengths, a coverage outside (0, 1) or a prediction that is not finite
 *
 * @example
 * ```ts
 * import { calibrateInterval } from '@i-drill/training';
 * const targets = [10, 20, 30, 40];
 * const interval = calibrateInterval(
 *   { predictions: [11, 18, 33, 36], targets, unitOf: [0, 1, 2, 3] },
 *   { method: 'split-conformal', coverage: 0.8, minimum: 0 },
 * );
 * interval.above; // => [4]
 * interval.calibratedOn; // => { windows: 4, units: 4 }
 * ```
 */
export function calibrateInterval(sample: CalibrationSample, options: IntervalOptions): PredictionInterval {
  const { method, coverage, minimum, maximum, maximumBins = 8 } = options;
  requireCoverage(coverage);
  requireSample(sample, method);
  const units = requireCalibrationUnits(sample.unitOf, coverage);
  const edges = predictionEdges(sample, { maximumBins, unitsPerBin: 2 * unitsNeeded(coverage) });
  const margins = marginPerBin(sample, edges, options);
  return {
    method,
    coverage,
    edges,
    below: margins,
    above: [...margins],
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    calibratedOn: { windows: sample.predictions.length, units },
  };
}

function marginPerBin(sample: CalibrationSample, edges: readonly number[], options: IntervalOptions): number[] {
  const bins = Array.from({ length: edges.length + 1 }, () => ({ scores: [] as number[], unitOf: [] as number[] }));
  for (let i = 0; i < sample.predictions.length; i++) {
    const bin = bins[binOf(sample.predictions[i]!, edges)]!;
    bin.scores.push(scoreOf(sample, i, options.method));
    bin.unitOf.push(sample.unitOf[i]!);
  }
  return bins.map((bin) => conformalQuantile(bin, options.coverage, options.guarantee));
}

function scoreOf(sample: CalibrationSample, i: number, method: IntervalOptions['method']): number {
  const { lower, upper } = intervalBase(sample.predictions[i]!, method, quantilesAt(sample.quantiles, i));
  const target = sample.targets[i]!;
  return Math.max(lower - target, target - upper); // |y − ŷ| where both ends are the prediction
}

function requireCoverage(coverage: number): void {
  if (coverage > 0 && coverage < 1) return;
  throw new RangeError(`Cannot calibrate an interval: coverage is ${coverage}; give a share above 0 and below 1`);
}

function requireSample(sample: CalibrationSample, method: IntervalOptions['method']): void {
  const { predictions, targets, unitOf, quantiles } = sample;
  if (method === 'conformalised-quantiles' && quantiles === undefined) {
    throw new RangeError('Cannot calibrate an interval: the model predicts no quantiles; train it with a pinball loss');
  }
  const columns = { predictions, targets, unitOf, ...quantiles };
  for (const [name, values] of Object.entries(columns)) {
    if (values.length !== predictions.length) {
      throw new RangeError(
        `Cannot calibrate an interval: ${predictions.length} predictions and ${values.length} values of ${name}; give one each`,
      );
    }
    const wrong = Array.from(values).find((value) => !Number.isFinite(value));
    if (wrong !== undefined) throw new RangeError(`Cannot calibrate an interval: ${name} holds ${wrong}`);
  }
}

/**
 * The number of units that are held out, if an interval of a coverage can be calibrated on them. Ask before a training whose
 * result would have to be thrown away.
 *
 * @throws TrainingError `TRAINING_TOO_FEW_CALIBRATION_UNITS`
 *
 * @example
 * ```ts
 * import { requireCalibrationUnits } from '@i-drill/training';
 * requireCalibrationUnits([0, 0, 1, 2, 3], 0.8); // => 4
 * ```
 */
export function requireCalibrationUnits(unitOf: ArrayLike<number>, coverage: number): number {
  const units = countsPerUnit(unitOf).size;
  const needed = unitsNeeded(coverage);
  if (units >= needed) return units;
  throw new TrainingError(
    `Cannot calibrate an interval of coverage ${coverage}: ${units} units are held out for it, at least ${needed} are needed; ` +
      'give more units, a larger calibration share or a lower coverage',
    { code: 'TRAINING_TOO_FEW_CALIBRATION_UNITS', details: { units, needed, coverage } },
  );
}
