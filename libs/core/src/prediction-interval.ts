/**
 * How far a prediction may be off: the interval that held the true value in a share `coverage` of the cases of units the
 * model had never seen. The width depends on the bin the prediction falls into:
 *
 *   lower = base − below[bin],  upper = base + above[bin],  cut to [minimum, maximum]
 *
 * where base is the prediction itself (`split-conformal`) or the predicted quantile (`conformalised-quantiles`).
 */
export interface PredictionInterval {
  readonly method: 'split-conformal' | 'conformalised-quantiles';
  /** Asked for, in (0, 1). */
  readonly coverage: number;
  /** Between the bins, rising, shape [bins − 1], target units. A prediction equal to an edge is in the bin above it. */
  readonly edges: readonly number[];
  /** Shape [bins], target units; may be negative where predicted quantiles are too far apart. */
  readonly below: readonly number[];
  readonly above: readonly number[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** Windows and units it was measured on. */
  readonly calibratedOn: { readonly windows: number; readonly units: number };
}
