import type { MlopsConfig } from '@i-drill/config';
import type { TargetClasses } from '@i-drill/datasets';
import type { WindowSettings } from '@i-drill/workflows';
import { unitsNeeded } from '@i-drill/training';
import type { TrainFlags } from '../commands/data-flags.js';
import { sourceFolder, sourcePart, type DataPart } from './data-part.js';
import { intervalSettings, modelSection } from './model-plan.js';

/** How the units are divided. */
export interface SplitPlan {
  readonly seed: number;
  readonly validationShare: number;
  readonly testShare: number;
  /** Units for the interval of predictions, where the share holds at least `minimum`. Absent: there is no interval. */
  readonly calibration?: { readonly share: number; readonly minimum: number };
}

/** What to train on: sources, split and windows. */
export interface DataPlan {
  readonly dataset: MlopsConfig['data']['dataset'];
  readonly parts: readonly DataPart[];
  readonly split: SplitPlan;
  readonly window: WindowSettings;
  /** Where the target is cut into classes. Absent: a number is predicted. */
  readonly classes?: TargetClasses;
  /** Folder with the files of the data set; of a table, the one the file is in. */
  readonly directory: string;
}

/**
 * The plan that configuration and flags ask for.
 *
 * @throws CliError `CLI_WRONG_VALUE` for a flag that the data set does not know: it would change nothing
 */
export function dataPlan(config: MlopsConfig, flags: Partial<TrainFlags>): DataPlan {
  const dataset = flags.dataset ?? config.data.dataset;
  const classes = targetClasses(config, flags);
  return {
    dataset,
    parts: [sourcePart(config, dataset, flags)],
    ...planOfTarget(config, { dataset, flags, classes }),
    directory: sourceFolder(config, dataset, flags),
  };
}

function targetClasses({ data }: MlopsConfig, { classBounds }: Partial<TrainFlags>): TargetClasses | undefined {
  if (classBounds !== undefined) return { bounds: classBounds };
  if (data.classes === null) return undefined;
  const { bounds, names } = data.classes;
  return { bounds, ...(names === null ? {} : { names }) };
}

/** What is planned of a target, a number or classes. */
interface TargetQuestion {
  readonly dataset: DataPlan['dataset'];
  readonly flags: Partial<TrainFlags>;
  readonly classes: TargetClasses | undefined;
}

function planOfTarget(
  config: MlopsConfig,
  { dataset, flags, classes }: TargetQuestion,
): Pick<DataPlan, 'split' | 'window' | 'classes'> {
  const split = splitPlan(config, flags);
  const window = windowSettings(config, dataset, flags);
  if (classes === undefined) return { split, window };
  return { split: withoutCalibration(split), window: withoutCap(window), classes };
}

function withoutCalibration({ calibration: _ofIntervals, ...split }: SplitPlan): SplitPlan {
  return split;
}

function withoutCap({ targetCap: _ofNumbers, ...window }: WindowSettings): WindowSettings {
  return window;
}

function splitPlan(
  { training }: MlopsConfig,
  { seed = training.seed, modelType = 'lstm' }: Partial<TrainFlags>,
): SplitPlan {
  const { validation_share: validationShare, test_share: testShare, calibration_share: share } = training.split;
  const interval = intervalSettings(modelSection(training.models, modelType));
  const calibration = interval && { share, minimum: unitsNeeded(interval.coverage) };
  return { seed, validationShare, testShare, ...(calibration === undefined ? {} : { calibration }) };
}

function windowSettings(
  config: MlopsConfig,
  dataset: DataPlan['dataset'],
  { modelType = 'lstm' }: Partial<TrainFlags>,
): WindowSettings {
  const model = modelSection(config.training.models, modelType);
  const { bit_runs: bitRuns, cmapss, usrop, forge, idrill_synthetic: idrillSynthetic, table } = config.data;
  const own = { 'bit-runs': bitRuns, cmapss, usrop, forge, 'idrill-synthetic': idrillSynthetic, table }[dataset];
  const cap = dataset === 'cmapss' ? cmapss.target_cap : model.target_cap;
  return {
    length: own.window_length ?? model.window_length,
    stride: model.stride,
    ...(cap === null ? {} : { targetCap: cap }),
  };
}

/** The same plan with labelled units that came in later. */
export function withArrivedUnits(plan: DataPlan, path: string, units: readonly string[]): DataPlan {
  return units.length === 0 ? plan : { ...plan, parts: [...plan.parts, { kind: 'arrived', path, units }] };
}

/** Units of the file `path` that a set of parts already holds. */
export function knownArrivals(parts: readonly DataPart[], path: string): ReadonlySet<string> {
  return new Set(parts.flatMap((known) => (known.kind === 'arrived' && known.path === path ? known.units : [])));
}
