/** How hard the drilled column is. */
export type FormationPreset = 'soft' | 'mixed' | 'hard';

/**
 * A disturbance planted for drift demonstrations.
 *
 * - `abrasive-formation`: the world has changed. Strength × 1.25, abrasiveness × 1.5, friction × 1.2 in every layer.
 * - `torque-sensor-bias`: the world is the same, the torque sensor reads 30 % too much.
 */
export type BitRunShift = 'none' | 'abrasive-formation' | 'torque-sensor-bias';

/** What to drill. The same options give the same run, bit for bit. */
export interface BitRunOptions {
  /** Whole number, 0 to 2^32 − 1. */
  readonly seed: number;
  /** @default 'mixed' */
  readonly formation?: FormationPreset;
  /** Minutes of drilling per row, 1 to 240. @default 15 */
  readonly intervalMinutes?: number;
  /** @default 'none' */
  readonly shift?: BitRunShift;
}

/** One bit, from new to worn out, as rows of equally spaced drilling time. */
export interface BitRun {
  /** Unique among runs of different seeds, formations and shifts. */
  readonly unit: string;
  readonly rows: number;
  /** Row-major, [rows, features], columns as in `bitRunFeatures`. */
  readonly features: Float64Array;
  /** Drilling time left at the end of each row, h; 0 in the last. Shape [rows]. */
  readonly remainingHours: Float64Array;
  /** What no sensor shows: the bit's wear at the end of each row, 0 new, 1 worn out. Shape [rows]. */
  readonly wear: Float64Array;
}
