import type { NoisePlace } from '../noise-streams.js';

/** What is known of an action that was taken. */
interface ActionChance {
  /** log π(a). */
  logProbability: number;
  /** Of the whole distribution, nats. */
  entropy: number;
}

/** What chance an action has, given what the actor answers. Rows are counted from 0. */
export interface ActionDistribution {
  /** Outputs the actor must have. */
  readonly outputs: number;
  /** Numbers of an action. */
  readonly width: number;
  /** Draws an action of a row. */
  sample(outputs: Float32Array, row: number, place: NoisePlace, actions: Float32Array): void;
  /** The chance of a row's action; the same object every time. */
  evaluate(outputs: Float32Array, row: number, actions: Float32Array): Readonly<ActionChance>;
  /**
   * Of the row last evaluated: writes d(f·log π(a) + g·entropy) / d(outputs) into its row of `slopes`, and adds to the slopes
   * of parameters of its own, where it has any.
   *
   * @param factors f and g
   */
  addSlopes(factors: Readonly<ActionChance>, slopes: Float32Array): void;
}
