/** When a difference between reference and current data is called drift. */
export interface DriftSettings {
  /** Share of false alarms accepted, over all features of a comparison together. In (0, 1). */
  readonly alpha: number;
  /** Kolmogorov–Smirnov distance that matters, in [0, 1]: a smaller one is never drift, however sure. */
  readonly minDistance: number;
  /** Fewer effective rows than this on either side, and the feature cannot be judged. */
  readonly minEffectiveSize: number;
  /** Share of features that may drift before the report fails, in [0, 1]. */
  readonly maxDriftedShare: number;
}

/**
 * Settings for sensor streams, with their reasons.
 *
 * - `alpha` 0.05: one comparison in twenty may alarm without cause, whatever the number of features.
 * - `minDistance` 0.15: two normal distributions 0.38 standard deviations apart. Long streams make far smaller
 *   differences significant that no model would notice.
 * - `minEffectiveSize` 8: with 8 effective rows against a large reference, one feature needs a distance of 0.48
 *   to be significant, a shift of 1.3 standard deviations. With fewer, "no drift" would only mean "too little to see it".
 * - `maxDriftedShare` 0.1: with ten features or more, one dying sensor is reported by name and does not call the model
 *   stale; two of ten do. With fewer than ten, any drifted feature does.
 */
export const defaultDriftSettings: DriftSettings = {
  alpha: 0.05,
  minDistance: 0.15,
  minEffectiveSize: 8,
  maxDriftedShare: 0.1,
};

/** Throws a RangeError where a setting makes no sense. */
export function requireDriftSettings(settings: DriftSettings): void {
  requireWithin('alpha', settings.alpha, 1);
  requireWithin('minDistance', settings.minDistance, 1);
  requireWithin('minEffectiveSize', settings.minEffectiveSize, Infinity);
  requireWithin('maxDriftedShare', settings.maxDriftedShare, 1);
}

function requireWithin(name: keyof DriftSettings, value: number, high: number): void {
  if (value >= 0 && value <= high) return;
  throw new RangeError(`Cannot compare with a reference: ${name} is ${value}; give a number in [0, ${high}]`);
}
