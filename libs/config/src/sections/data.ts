import * as z from 'zod';
import { count, section, seed, text } from './fields.js';

/** The data set a model is trained on. */
export type DatasetName = 'bit-runs' | 'cmapss' | 'usrop' | 'forge' | 'idrill-synthetic' | 'table';

/** Simulated run-to-failure bit runs. */
export interface BitRunsConfig {
  readonly count: number;
  readonly seed: number;
  readonly formation: 'soft' | 'mixed' | 'hard';
  readonly interval_minutes: number;
  readonly window_length?: number;
}

/** NASA's turbofan engines. */
export interface CmapssConfig {
  readonly subset: 'FD001' | 'FD002' | 'FD003' | 'FD004';
  /** Cycles; `null` for none. */
  readonly target_cap: number | null;
  readonly window_length?: number;
}

/** Drilling logs of wells of the Volve field. */
export interface UsropConfig {
  readonly test_wells: readonly string[];
  readonly window_length?: number;
}

/** One geothermal well of Utah FORGE. */
export interface ForgeConfig {
  readonly file: 'without-outliers' | 'all';
  readonly blocks: number;
  readonly test_blocks: number;
  readonly window_length?: number;
}

/** Noise with the names of drilling sensors. */
export interface IdrillSyntheticConfig {
  readonly window_length?: number;
}

/** A file of one's own. */
interface TableConfig {
  readonly file: string | null;
  readonly task: 'remaining-useful-life' | 'rate-of-penetration';
  readonly target: string;
  readonly target_unit: string;
  /** `null`: every column of numbers but `unit` and the target. */
  readonly features: readonly string[] | null;
  readonly units: Readonly<Record<string, string>>;
  readonly evaluate_on: 'every-row' | 'last-row';
  readonly test_units: readonly string[];
  readonly rows_in_memory: number;
  readonly window_length?: number;
}

/** Classes to predict in place of the number a data set has. */
interface ClassesConfig {
  /** In units of the target, rising; a bound belongs to the class below it. */
  readonly bounds: readonly number[];
  /** One more than bounds; `null`: made of the bounds. */
  readonly names: readonly string[] | null;
}

/** Section `data`. */
export interface DataConfig {
  readonly dataset: DatasetName;
  readonly directory: string;
  readonly classes: ClassesConfig | null;
  readonly bit_runs: BitRunsConfig;
  readonly cmapss: CmapssConfig;
  readonly usrop: UsropConfig;
  readonly forge: ForgeConfig;
  readonly idrill_synthetic: IdrillSyntheticConfig;
  readonly table: TableConfig;
}

const windowLength = z.int().min(1).describe('Rows per window for this data set, instead of the one of the model.');

const bitRuns: z.ZodType<BitRunsConfig> = section(
  {
    count: count(240, 'Bit runs to simulate.'),
    seed: seed(7, 'Seed of the simulation.'),
    formation: z.enum(['soft', 'mixed', 'hard']).default('mixed').describe('Rock that is drilled.'),
    interval_minutes: z.number().min(1).max(240).default(15).describe('Time between two rows, in minutes.'),
    window_length: windowLength.default(24).describe('Rows per window for this data set.'),
  },
  'Simulated bit runs, each drilled until the bit is worn out. Needs no files.',
);

const cmapss: z.ZodType<CmapssConfig> = section(
  {
    subset: z.enum(['FD001', 'FD002', 'FD003', 'FD004']).default('FD001').describe('Subset of C-MAPSS.'),
    target_cap: z
      .number()
      .positive()
      .nullable()
      .default(125)
      .describe('Remaining life above is cut to this value, in cycles. null: not cut.'),
    window_length: windowLength.exactOptional(),
  },
  "NASA's C-MAPSS: turbofan engines run to failure.",
);

const usrop: z.ZodType<UsropConfig> = section(
  {
    test_wells: z.array(z.string().min(1)).min(1).default(['F-9']).describe('Wells that are only tested on.'),
    window_length: windowLength.default(16).describe('Rows per window for this data set.'),
  },
  'USROP: drilling logs of wells of the Volve field.',
);

const forge: z.ZodType<ForgeConfig> = section(
  {
    file: z
      .enum(['without-outliers', 'all'])
      .default('without-outliers')
      .describe('Log to read. all: with 18 more rows, hookload and torque.'),
    blocks: count(10, 'Units of equal size that the well is cut into, by depth.', 3),
    test_blocks: count(2, 'Deepest blocks, which are only tested on: a well is drilled downwards.'),
    window_length: windowLength.default(16).describe('Rows per window for this data set.'),
  },
  'Utah FORGE 58-32: the drilling log of one geothermal well.',
).refine(({ blocks, test_blocks: tested }) => tested + 2 <= blocks, {
  path: ['test_blocks'],
  error: 'a number that leaves two blocks to train and to validate on',
});

const idrillSynthetic: z.ZodType<IdrillSyntheticConfig> = section(
  { window_length: windowLength.default(8).describe('Rows per window for this data set.') },
  'Noise with the names of drilling sensors. Nothing can be learned from it: every model must be refused on it.',
);

const table: z.ZodType<TableConfig> = section(
  {
    file: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe('CSV, TSV or Parquet file, relative to the working directory; --data goes before it. null: none.'),
    task: z
      .enum(['remaining-useful-life', 'rate-of-penetration'])
      .default('remaining-useful-life')
      .describe('What the target is: remaining life in every row, or the rate of penetration that comes next.'),
    target: text('remaining_useful_life', 'Column to predict. A row without a number in it is not learned from.'),
    target_unit: text('h', 'Unit of the target.'),
    features: z
      .array(z.string().min(1))
      .min(1)
      .nullable()
      .default(null)
      .describe('Columns to learn from. null: every column of numbers but `unit` and the target.'),
    units: z
      .record(z.string(), z.string().min(1))
      .default({})
      .describe('Units of the columns, for people: { torque: kN.m }. A column that is left out has "-".'),
    evaluate_on: z
      .enum(['every-row', 'last-row'])
      .default('every-row')
      .describe('Rows of the test units a model is judged on: all of them, or the last of each unit.'),
    test_units: z
      .array(z.string().min(1))
      .default([])
      .describe('Units that are only tested on. None: as many as training.split.test_share says, drawn by the seed.'),
    rows_in_memory: count(
      1_000_000,
      'A file of more rows is read while it is learned from: no part of it has more rows in memory, and scalers, reference profile and baseline are made from a sample of the training units of that size.',
    ),
    window_length: windowLength.default(30).describe('Rows per window for this data set.'),
  },
  'Labelled rows in a file of your own: a column `unit` (well, engine, bit run), columns of numbers, the target. Rows of a unit are in order and equally spaced.',
);

const isRising = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value > values[i - 1]!);

const classes: z.ZodType<ClassesConfig | null> = z
  .strictObject({
    bounds: z
      .array(z.number())
      .min(1)
      .refine(isRising, { error: 'numbers that rise' })
      .describe(
        'Where one class ends and the next begins, in units of the target; a bound belongs to the class below it.',
      ),
    names: z
      .array(z.string().min(1))
      .nullable()
      .default(null)
      .describe('One name per class; null: made of the bounds.'),
  })
  .refine(
    ({ bounds, names }) =>
      names === null || (names.length === bounds.length + 1 && new Set(names).size === names.length),
    {
      path: ['names'],
      error: 'one name per class, all different: one more than bounds',
    },
  )
  .nullable()
  .default(null)
  .describe(
    'Predicts a class of the target in place of the number: with bounds [30], whether an engine fails within 30 cycles. null: predicts the number.',
  );

/** Schema of section `data`. */
export const dataSchema: z.ZodType<DataConfig> = section(
  {
    dataset: z
      .enum(['bit-runs', 'cmapss', 'usrop', 'forge', 'idrill-synthetic', 'table'])
      .default('bit-runs')
      .describe('Data set to train on.'),
    directory: text(
      '../shared/data',
      'Folder with cmapss/, usrop/, utah_forge_58_32/ and idrill_synthetic/, relative to the working directory.',
    ),
    classes,
    bit_runs: bitRuns,
    cmapss,
    usrop,
    forge,
    idrill_synthetic: idrillSynthetic,
    table,
  },
  'What models are trained on.',
);
