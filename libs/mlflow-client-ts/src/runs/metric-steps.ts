import { invalidValue } from '../faults.js';

/** Steps for points that are logged without one. */
export interface MetricSteps {
  /** The given step, or the one after the highest of this key so far; 0 for the first point. */
  next(key: string, step: number | undefined): number;
}

/**
 * Counts steps per key. Python logs step 0 whenever none is given, so that a curve collapses into one step; here the first point has step 0 too,
 * and the ones after it count on. Points of keys that a resumed run has already need a step: the last one is not known.
 */
export function countMetricSteps(resumedKeys: ReadonlySet<string> = new Set()): MetricSteps {
  const highest = new Map<string, number>();
  return {
    next(key, step) {
      const known = highest.get(key);
      if (step === undefined && known === undefined && resumedKeys.has(key)) {
        throw invalidValue(
          `Cannot log metric "${key}": the resumed run has points of it, and no step is given; give the step`,
          { key },
        );
      }
      const chosen = step ?? (known === undefined ? 0 : known + 1);
      highest.set(key, Math.max(chosen, known ?? chosen));
      return chosen;
    },
  };
}
