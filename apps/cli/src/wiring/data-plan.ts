import { join } from 'node:path';
import type { MlopsConfig } from '@i-drill/config';
import type { WindowSettings } from '@i-drill/workflows';
import type { TrainFlags } from '../commands/data-flags.js';

/** One source of rows, so described that it can be read or made again. */
export type DataPart =
  | {
      readonly kind: 'bit-runs';
      readonly count: number;
      readonly seed: number;
      readonly formation: 'soft' | 'mixed' | 'hard';
      readonly intervalMinutes: number;
    }
  | { readonly kind: 'cmapss'; readonly subset: string; readonly limitUnits?: number }
  | { readonly kind: 'usrop'; readonly testWells: readonly string[] }
  /** Labelled units that came in later, out of a file that may grow; path relative to the working directory. */
  | { readonly kind: 'arrived'; readonly path: string; readonly units: readonly string[] };

/** How the units are divided. */
export interface SplitPlan {
  readonly seed: number;
  readonly validationShare: number;
  readonly testShare: number;
}

/** What to train on: sources, split and windows. */
export interface DataPlan {
  readonly dataset: MlopsConfig['data']['dataset'];
  readonly parts: readonly DataPart[];
  readonly split: SplitPlan;
  readonly window: WindowSettings;
  /** Folder with the files of C-MAPSS or USROP. */
  readonly directory: string;
}

/** The plan that configuration and flags ask for. */
export function dataPlan(config: MlopsConfig, flags: Partial<TrainFlags>): DataPlan {
  const dataset = flags.dataset ?? config.data.dataset;
  return {
    dataset,
    parts: [part(config, dataset, flags)],
    split: {
      seed: flags.seed ?? config.training.seed,
      validationShare: config.training.split.validation_share,
      testShare: config.training.split.test_share,
    },
    window: windowSettings(config, dataset),
    directory: flags.data ?? join(config.data.directory, dataset),
  };
}

function part(config: MlopsConfig, dataset: DataPlan['dataset'], flags: Partial<TrainFlags>): DataPart {
  const { bit_runs: bitRuns, cmapss, usrop } = config.data;
  switch (dataset) {
    case 'bit-runs':
      return {
        kind: 'bit-runs',
        count: flags.limitUnits ?? bitRuns.count,
        seed: bitRuns.seed,
        formation: bitRuns.formation,
        intervalMinutes: bitRuns.interval_minutes,
      };
    case 'cmapss': {
      const limit = flags.limitUnits === undefined ? {} : { limitUnits: flags.limitUnits };
      return { kind: 'cmapss', subset: flags.subset ?? cmapss.subset, ...limit };
    }
    case 'usrop':
      return { kind: 'usrop', testWells: usrop.test_wells };
  }
}

function windowSettings(config: MlopsConfig, dataset: DataPlan['dataset']): WindowSettings {
  const { lstm } = config.training.models;
  const { bit_runs: bitRuns, cmapss, usrop } = config.data;
  const own = { 'bit-runs': bitRuns, cmapss, usrop }[dataset];
  const cap = dataset === 'cmapss' ? cmapss.target_cap : lstm.target_cap;
  return {
    length: own.window_length ?? lstm.window_length,
    stride: lstm.stride,
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
