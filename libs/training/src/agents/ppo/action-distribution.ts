/** Where a draw of noise stands; the same place gives the same draw. */
export interface NoisePlace {
  readonly seed: number;
  readonly stream: number;
  readonly step: number;
}

/** Factors of a derivative: of log π(a), and of the entropy. */
export interface SlopeFactors {
  readonly logProbability: number;
  readonly entropy: number;
}

/** One row of outputs with the action that was taken. */
export interface DistributionRow {
  /** Shape [rows, outputs]. */
  readonly outputs: Float32Array;
  /** Shape [rows, width]. */
  readonly actions: Float32Array;
  readonly row: number;
}

/** What chance an action has, given what the actor answers. Rows of outputs and actions are counted from 0. */
export interface ActionDistribution {
  /** Outputs the actor must have. */
  readonly outputs: number;
  /** Numbers of an action. */
  readonly width: number;
  /** Draws an action of a row. */
  sample(outputs: Float32Array, row: number, place: NoisePlace, actions: Float32Array): void;
  /** log π(a) of a row. */
  logProbability(outputs: Float32Array, row: number, actions: Float32Array): number;
  /** Of a row, in nats. */
  entropy(outputs: Float32Array, row: number): number;
  /** Writes d(f·log π(a) + g·entropy) / d(outputs) of a row; adds to the slopes of parameters of its own, where it has any. */
  slopes(at: DistributionRow, factors: SlopeFactors, into: Float32Array): void;
}
