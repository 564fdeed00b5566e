import * as z from 'zod';
import { count, section, seed, text } from './fields.js';

/** The data set a model is trained on. */
export type DatasetName = 'bit-runs' | 'cmapss' | 'usrop';

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

/** Section `data`. */
export interface DataConfig {
  readonly dataset: DatasetName;
  readonly directory: string;
  readonly bit_runs: BitRunsConfig;
  readonly cmapss: CmapssConfig;
  readonly usrop: UsropConfig;
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

/** Schema of section `data`. */
export const dataSchema: z.ZodType<DataConfig> = section(
  {
    dataset: z.enum(['bit-runs', 'cmapss', 'usrop']).default('bit-runs').describe('Data set to train on.'),
    directory: text('../shared/data', 'Folder with cmapss/ and usrop/, relative to the working directory.'),
    bit_runs: bitRuns,
    cmapss,
    usrop,
  },
  'What models are trained on.',
);
