import type * as z from 'zod';
import { count, enabled, nonNegative, positive, section, share, text } from './fields.js';

/** The four reasons to train again; each is enough. */
export interface RetrainingConditions {
  readonly time_based: { readonly enabled: boolean; readonly interval_days: number };
  readonly performance_based: { readonly enabled: boolean; readonly degradation_threshold: number };
  readonly drift_based: { readonly enabled: boolean; readonly drift_threshold: number };
  readonly data_availability: { readonly enabled: boolean; readonly data_path: string; readonly min_samples: number };
}

/** Section `retraining`. */
export interface RetrainingConfig {
  readonly conditions: RetrainingConditions;
  readonly cooldown_hours: number;
}

const conditions: z.ZodType<RetrainingConditions> = section(
  {
    time_based: section(
      {
        enabled: enabled('Use this condition.'),
        interval_days: positive(30, 'Age of the production version at which it is met, in days.'),
      },
      'The production version is old.',
    ),
    performance_based: section(
      {
        enabled: enabled('Use this condition.'),
        degradation_threshold: positive(0.1, 'Relative loss against the metrics of validation at which it is met.'),
      },
      'The production version has become worse.',
    ),
    drift_based: section(
      {
        enabled: enabled('Use this condition.'),
        drift_threshold: share(0.1, 'Share of drifted features at which it is met.'),
      },
      'Live inputs differ from the training data.',
    ),
    data_availability: section(
      {
        enabled: enabled('Use this condition.'),
        data_path: text(
          './data/new/new_data.csv',
          'Table of labelled rows that came in: a column `unit`, one per feature, one for the target. CSV, TSV or Parquet.',
        ),
        min_samples: count(1000, 'New rows since the last training at which it is met.'),
      },
      'There is enough new data.',
    ),
  },
  'Each condition that is met is a reason to train again.',
);

/** Schema of section `retraining`. */
export const retrainingSchema: z.ZodType<RetrainingConfig> = section(
  { conditions, cooldown_hours: nonNegative(0, 'Least time between two trainings, in hours.') },
  'When a model is trained again.',
);
