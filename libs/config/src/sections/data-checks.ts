import type { Consequences } from '@i-drill/core';
import * as z from 'zod';
import { blockAlways, consequences, warnOnly } from './consequences.js';
import { count, positive, section, share } from './fields.js';

/** Bounds of one column; at least one of the two. */
export interface ValueRange {
  readonly min?: number;
  readonly max?: number;
}

/** Section `validation.data_validation.checks`. */
export interface DataChecksConfig {
  readonly missing_values: { readonly max_share: number; readonly consequences: Consequences };
  readonly outliers: { readonly max_share: number; readonly robust_sds: number; readonly consequences: Consequences };
  readonly constant_columns: { readonly consequences: Consequences };
  readonly value_ranges: {
    readonly columns: Readonly<Record<string, ValueRange>>;
    readonly consequences: Consequences;
  };
  readonly monotone: {
    readonly columns: Readonly<Record<string, 'rising' | 'falling'>>;
    readonly consequences: Consequences;
  };
  readonly size: { readonly min_units: number; readonly min_rows: number; readonly consequences: Consequences };
}

const range: z.ZodType<ValueRange> = z
  .strictObject({
    min: z.number().exactOptional().describe('Smallest value the sensor can give.'),
    max: z.number().exactOptional().describe('Largest value the sensor can give.'),
  })
  .refine(({ min, max }) => min !== undefined || max !== undefined, { error: 'min, max or both' })
  .refine(({ min, max }) => (min ?? -Infinity) <= (max ?? Infinity), { path: ['max'], error: 'a number >= min' })
  .describe('Bounds of the column, in its unit.');

/** What each check may be told, with its limits by default. */
export const dataChecksSchema: z.ZodType<DataChecksConfig> = section(
  {
    missing_values: section(
      {
        max_share: share(0, 'Largest share of rows without a finite value, per column.'),
        consequences: consequences(blockAlways, 'What missing values do.'),
      },
      'Rows in which a sensor gave nothing, and columns without any value.',
    ),
    outliers: section(
      {
        max_share: share(0.02, 'Largest share of outliers per column.'),
        robust_sds: positive(
          6,
          'Distance from the median, in robust standard deviations, beyond which a value is one.',
        ),
        consequences: consequences(warnOnly, 'What outliers do. A warning by default: drilling has real spikes.'),
      },
      'Values far from the median of their column (median and median absolute deviation).',
    ),
    constant_columns: section(
      { consequences: consequences(warnOnly, 'What a constant column does. It carries nothing, but harms nothing.') },
      'Columns with one single value.',
    ),
    value_ranges: section(
      {
        columns: z.record(z.string(), range).default({}).describe('Bounds per column name.'),
        consequences: consequences(blockAlways, 'What a value out of its range does.'),
      },
      'Physical bounds of sensors.',
    ),
    monotone: section(
      {
        columns: z
          .record(z.string(), z.enum(['rising', 'falling']))
          .default({})
          .describe('Direction per column name. Remaining life falls always, without being named.'),
        consequences: consequences(blockAlways, 'What a step in the wrong direction does.'),
      },
      'Columns that may only rise or only fall within one unit.',
    ),
    size: section(
      {
        min_units: count(1, 'Fewest units (engines, wells, bit runs) in the training part and in the test part.'),
        min_rows: count(100, 'Fewest rows in the training part and in the test part.'),
        consequences: consequences(blockAlways, 'What too little data does.'),
      },
      'How much data there must be.',
    ),
  },
  'Each check with its limits.',
);
