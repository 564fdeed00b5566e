import type { Value } from '../graph/graph-writer.js';

/** What a network reads, and how many columns it gives. */
export interface NetworkInput {
  /** Scaled windows, shape [N, T, F], single precision. */
  readonly windows: Value;
  readonly steps: number;
  readonly features: number;
  readonly outputs: number;
}
