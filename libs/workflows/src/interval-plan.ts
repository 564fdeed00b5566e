import type { Preprocessing, SplitDataset } from '@i-drill/core';
import {
  calibrateModel,
  intervalCoverage,
  makeWindows,
  requireCalibrationUnits,
  unitsNeeded,
  type CoverageGuarantee,
  type IntervalCoverage,
  type IntervalOptions,
  type SequenceModel,
  type Windows,
} from '@i-drill/training';
import type { Predictions } from './ports.js';

/** The interval a version is to have. */
export interface IntervalSettings {
  readonly method: IntervalOptions['method'];
  /** In (0, 1). */
  readonly coverage: number;
  /** @default 'guaranteed' */
  readonly guarantee?: CoverageGuarantee;
}

/** Either the windows an interval is calibrated on, or why predictions have none. */
export type IntervalPlan =
  | { readonly calibrate: Windows; readonly options: IntervalOptions }
  | { readonly calibrate: undefined; readonly reason: string };

/** What an interval is planned from. */
export interface IntervalQuestion {
  readonly interval: IntervalSettings | undefined;
  readonly data: SplitDataset;
  readonly preprocessing: Preprocessing;
  readonly stride: number;
}

/**
 * Whether predictions get an interval: they do where one is asked for, a number is predicted, and units are held out for it.
 * Every row of those units counts, also where the test part is judged on the last one: a model in service is asked at any time.
 *
 * @throws TrainingError `TRAINING_TOO_FEW_CALIBRATION_UNITS`, `TRAINING_NAN_FEATURE`
 */
export function planInterval({ interval, data, preprocessing, stride }: IntervalQuestion): IntervalPlan {
  const none = (reason: string): IntervalPlan => ({ calibrate: undefined, reason });
  if (interval === undefined) return none('it was not asked for');
  if (preprocessing.classes !== undefined) return none('classes have probabilities');
  if (data.calibration === undefined) {
    return none(`no units are held out for it; coverage ${interval.coverage} needs ${unitsNeeded(interval.coverage)}`);
  }
  const { windowLength, targetCap } = preprocessing;
  const cap = targetCap === undefined ? {} : { targetCap };
  const calibrate = makeWindows(data.calibration, { windowLength, stride, ...cap });
  requireCalibrationUnits(calibrate.unitOf, interval.coverage);
  return { calibrate, options: { ...interval, ...boundsOf(preprocessing) } };
}

/** Remaining life and rate of penetration are never negative; a label that was cut is never above the cap. */
function boundsOf({ targetCap }: Preprocessing): { minimum: number; maximum?: number } {
  return { minimum: 0, ...(targetCap === undefined ? {} : { maximum: targetCap }) };
}

/** The model with the interval that is planned for it. */
export function withInterval(model: SequenceModel, plan: IntervalPlan): SequenceModel {
  return plan.calibrate === undefined ? model : calibrateModel(model, plan.calibrate, plan.options);
}

/** How often the intervals that a model serves hold the true value; `undefined` where it serves none. */
export function servedCoverage(served: Predictions, { targets, unitOf }: Windows): IntervalCoverage | undefined {
  const { lower, upper } = served;
  if (lower === undefined || upper === undefined) return undefined;
  return intervalCoverage({ lower, upper, targets, unitOf });
}
