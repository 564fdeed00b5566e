import * as z from 'zod';
import { count, share } from './fields.js';

/** When two samples count as different. */
export interface DriftLimits {
  readonly alpha: number;
  readonly threshold: number;
  readonly min_effective_size: number;
  readonly max_drifted_share: number;
}

/** The keys of `DriftLimits`, for the sections that compare samples. */
export const driftLimits: {
  readonly alpha: z.ZodType<number>;
  readonly threshold: z.ZodType<number>;
  readonly min_effective_size: z.ZodType<number>;
  readonly max_drifted_share: z.ZodType<number>;
} = {
  alpha: z
    .number()
    .positive()
    .max(1)
    .default(0.05)
    .describe('A feature drifts only when its p-value, adjusted for the number of features, is below this.'),
  threshold: share(0.15, 'A feature drifts only when its Kolmogorov-Smirnov distance is at least this.'),
  min_effective_size: count(8, 'Fewest effectively independent rows per sample; below, the answer is inconclusive.'),
  max_drifted_share: share(0.1, 'Largest share of drifted features that is not yet drift of the data.'),
};
