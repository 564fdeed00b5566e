import type { Clock, SensorDataset } from '@i-drill/core';
import { selectUnits } from '@i-drill/datasets';
import { createRng, shuffle } from '@i-drill/numerics';
import {
  calibrateInterval,
  fitPreprocessing,
  makeWindows,
  predictWindows,
  segmentWindows,
  trainSequenceModel,
  type CalibrationSample,
  type EpochProgress,
  type IntervalOptions,
  type SequenceModel,
} from '@i-drill/training';
import type { RulRecipe } from './rul-protocol.js';

/** What a model is cross-fitted with. */
export interface CrossFitRequest {
  readonly recipe: RulRecipe;
  readonly windowLength: number;
  readonly stride: number;
  readonly targetCap: number;
  readonly folds: number;
  readonly validationShare: number;
  readonly interval: IntervalOptions;
  readonly seed: number;
  readonly clock: Clock;
  /** Called after every epoch of every network, which counts from 1. */
  readonly onEpoch?: (network: number, progress: EpochProgress) => void;
}

/** Units of one network, by name. */
export interface FoldUnits {
  readonly train: readonly string[];
  readonly validation: readonly string[];
  /** Seen by this network neither in training nor in validation. */
  readonly heldOut: readonly string[];
}

/**
 * Trains a model of one network per fold: network k learns from all units but those of fold k, and the interval is
 * calibrated on what every network says about the fold it has not seen (cross-conformal prediction, Vovk 2015; CV+, Barber
 * et al. 2021). So every unit is learned from and calibrated on. The model predicts with the mean of its networks, which is
 * a little better than each of them: coverage tends to lie above the one asked for, not below.
 *
 * Departure: the scalers are fitted on all units of `data`, since one model has one preprocessing; labels of a fold reach
 * its network by mean and scale of the target only.
 */
export async function crossFit(data: SensorDataset, request: CrossFitRequest): Promise<SequenceModel> {
  const models: SequenceModel[] = [];
  for (let fold = 0; fold < request.folds; fold++) models.push(await trainFold(data, fold, request));
  return joinFolds(data, models, request);
}

/** The model of one network, which has not seen fold `fold` (from 0). Does not depend on the other folds. */
export async function trainFold(data: SensorDataset, fold: number, request: CrossFitRequest): Promise<SequenceModel> {
  const { windowLength, targetCap, stride, recipe, seed, folds, clock, onEpoch } = request;
  const units = unitFolds(unitsOf(data), request)[fold]!;
  const windows = { windowLength, stride, targetCap };
  const { model } = await trainSequenceModel({
    architecture: recipe.architecture,
    train: segmentWindows(selectUnits(data, units.train), windows),
    validation: segmentWindows(selectUnits(data, units.validation), windows),
    preprocessing: fitPreprocessing(data, { windowLength, targetCap }),
    settings: { ...recipe.settings, seed: seed * folds + fold + 1 },
    clock,
    onEpoch: (progress) => onEpoch?.(fold + 1, progress),
  });
  return model;
}

/** One model of the networks of all folds, in their order, its interval calibrated on what each says about its own fold. */
export function joinFolds(
  data: SensorDataset,
  models: readonly SequenceModel[],
  request: CrossFitRequest,
): SequenceModel {
  const { windowLength, targetCap, interval } = request;
  const folds = unitFolds(unitsOf(data), request);
  const samples = models.map((model, fold) => heldOutSample(model, selectUnits(data, folds[fold]!.heldOut), fold));
  const [{ architecture, preprocessing, columns }] = models as [SequenceModel];
  const members = models.map((model) => model.members[0]!);
  return { architecture, preprocessing, columns, members, interval: calibrateInterval(joined(samples), interval) };

  function heldOutSample(model: SequenceModel, heldOut: SensorDataset, fold: number): CalibrationSample {
    const windows = makeWindows(heldOut, { windowLength, targetCap });
    const unitOf = windows.unitOf.map((unit) => fold + folds.length * unit); // no two units have the same number
    return { predictions: clipped(predictWindows(model, windows), targetCap), targets: windows.targets, unitOf };
  }
}

/** The same units, seed and shares give the same folds; every unit is held out exactly once. */
export function unitFolds(
  units: readonly string[],
  { folds, validationShare, seed }: Pick<CrossFitRequest, 'folds' | 'validationShare' | 'seed'>,
): FoldUnits[] {
  const rng = createRng(seed);
  const order = shuffle([...units].sort(), rng);
  return Array.from({ length: folds }, (_, fold) => {
    const heldOut = order.filter((_unit, index) => index % folds === fold);
    const rest = shuffle(
      order.filter((_unit, index) => index % folds !== fold),
      rng,
    );
    const count = Math.max(1, Math.round(validationShare * units.length));
    return { heldOut, validation: rest.slice(0, count), train: rest.slice(count) };
  });
}

/** Remaining life lies in [0, cap]: what a network says beyond is cut. */
export function clipped(predictions: Float32Array, cap: number): Float32Array {
  return predictions.map((value) => Math.min(cap, Math.max(0, value)));
}

function joined(samples: readonly CalibrationSample[]): CalibrationSample {
  const all = (key: 'predictions' | 'targets' | 'unitOf'): number[] =>
    samples.flatMap((sample) => Array.from(sample[key]));
  return { predictions: all('predictions'), targets: all('targets'), unitOf: all('unitOf') };
}

function unitsOf(data: SensorDataset): string[] {
  return [...new Set(data.segments.map(({ unit }) => unit))];
}
