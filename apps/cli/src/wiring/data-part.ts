import { dirname, join } from 'node:path';
import type { MlopsConfig } from '@i-drill/config';
import type { FeatureSpec } from '@i-drill/core';
import type { TrainFlags } from '../commands/data-flags.js';
import { CliError } from '../errors.js';

type DatasetName = MlopsConfig['data']['dataset'];

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
  | { readonly kind: 'forge'; readonly file: string; readonly blocks: number; readonly testBlocks: number }
  | { readonly kind: 'idrill-synthetic'; readonly limitUnits?: number }
  /** A file of labelled rows of one's own. */
  | {
      readonly kind: 'table';
      readonly path: string;
      readonly task: 'remaining-useful-life' | 'rate-of-penetration';
      readonly target: FeatureSpec;
      /** Absent until the file has been looked at: every column of numbers. */
      readonly features?: readonly FeatureSpec[];
      readonly units: Readonly<Record<string, string>>;
      readonly evaluateOn: 'every-row' | 'last-row';
      readonly testUnits: readonly string[];
      readonly rowsInMemory: number;
    }
  /** Labelled units that came in later, out of a file that may grow; path relative to the working directory. */
  | { readonly kind: 'arrived'; readonly path: string; readonly units: readonly string[] };

/** A file of one's own. */
export type TablePart = Extract<DataPart, { kind: 'table' }>;

/**
 * The source that configuration and flags ask for.
 *
 * @throws CliError `CLI_WRONG_VALUE` for a flag that the data set does not know, since it would change nothing, and for a table
 *   without a file
 */
export function sourcePart(config: MlopsConfig, dataset: DatasetName, flags: Partial<TrainFlags>): DataPart {
  refuseUnused(dataset, flags);
  const { bit_runs: bitRuns, cmapss, usrop, forge } = config.data;
  const limit = flags.limitUnits === undefined ? {} : { limitUnits: flags.limitUnits };
  switch (dataset) {
    case 'bit-runs':
      return {
        kind: 'bit-runs',
        count: flags.limitUnits ?? bitRuns.count,
        seed: bitRuns.seed,
        formation: bitRuns.formation,
        intervalMinutes: bitRuns.interval_minutes,
      };
    case 'cmapss':
      return { kind: 'cmapss', subset: flags.subset ?? cmapss.subset, ...limit };
    case 'usrop':
      return { kind: 'usrop', testWells: usrop.test_wells };
    case 'forge':
      return { kind: 'forge', file: forge.file, blocks: forge.blocks, testBlocks: forge.test_blocks };
    case 'idrill-synthetic':
      return { kind: 'idrill-synthetic', ...limit };
    case 'table':
      return tablePart(config.data.table, flags.data);
  }
}

function tablePart(table: MlopsConfig['data']['table'], path = table.file): TablePart {
  if (path === null) {
    const message =
      'Cannot use data set "table": no file is named; give --data <file>, or data.table.file in the configuration';
    throw new CliError(message, { code: 'CLI_WRONG_VALUE', details: { dataset: 'table' } });
  }
  const { features, units } = table;
  return {
    kind: 'table',
    path,
    task: table.task,
    target: { name: table.target, unit: table.target_unit },
    ...(features === null ? {} : { features: withUnits(features.map((name) => ({ name, unit: '-' })), units) }), // prettier-ignore
    units,
    evaluateOn: table.evaluate_on,
    testUnits: table.test_units,
    rowsInMemory: table.rows_in_memory,
  };
}

/** Columns with the units that are known. */
export function withUnits(features: readonly FeatureSpec[], units: Readonly<Record<string, string>>): FeatureSpec[] {
  return features.map(({ name, unit }) => ({ name, unit: units[name] ?? unit }));
}

/** Where the files of a source lie. */
export function sourceFolder(config: MlopsConfig, dataset: DatasetName, { data }: Partial<TrainFlags>): string {
  if (dataset === 'table') return dirname(data ?? config.data.table.file ?? '.');
  return data ?? join(config.data.directory, folders[dataset]);
}

const alwaysWhole: ReadonlySet<DatasetName> = new Set(['usrop', 'forge', 'table']);

const folders: Readonly<Record<Exclude<DatasetName, 'table'>, string>> = {
  'bit-runs': 'bit-runs',
  cmapss: 'cmapss',
  usrop: 'usrop',
  forge: 'utah_forge_58_32',
  'idrill-synthetic': 'idrill_synthetic',
};

function refuseUnused(dataset: DatasetName, { subset, limitUnits }: Partial<TrainFlags>): void {
  if (subset !== undefined && dataset !== 'cmapss') {
    refuse(`--subset: data set "${dataset}" has no subsets; leave it out, or give --dataset cmapss`);
  }
  if (limitUnits !== undefined && alwaysWhole.has(dataset)) {
    refuse(`--limit-units: data set "${dataset}" is always read whole; leave it out`);
  }

  function refuse(problem: string): never {
    throw new CliError(`Cannot use ${problem}`, { code: 'CLI_WRONG_VALUE', details: { dataset } });
  }
}
