import type { Rng } from '@i-drill/core';

/** Some windows on their way to the network. */
export interface WindowBatch {
  readonly count: number;
  /** Raw values, row-major, shape [count, length, featureCount]. */
  readonly inputs: Float32Array;
  /** Raw targets, capped, shape [count]. */
  readonly targets: Float32Array;
}

/** Windows that need not all be in memory at once. */
export interface WindowSource {
  /** Windows per pass. */
  readonly count: number;
  /** Rows per window. */
  readonly length: number;
  readonly featureCount: number;
  /**
   * One pass: every window once, in batches of `batchSize` (the last may be smaller). With `rng` in an order drawn from
   * it, the same for the same generator; without, in the order of the data.
   */
  batches(options: { readonly batchSize: number; readonly rng?: Rng }): AsyncIterable<WindowBatch>;
}
