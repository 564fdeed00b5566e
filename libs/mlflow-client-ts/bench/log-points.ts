import type { Metric } from '../src/index.js';

/** How the points are sent. */
export type LogMode = 'batches' | 'four at once' | 'active run';

/** What logging took, told by the process that logged. */
export interface LogCost {
  /** HTTP requests, whatever they were for. */
  readonly requests: number;
  readonly seconds: number;
  /** Of the processors, in the client. */
  readonly processorSeconds: number;
  readonly peakBytes: number;
  /** What the peak is above the memory at the start of logging. */
  readonly grownBytes: number;
}

/** Ten metrics, a point of each per step. */
export const keys: readonly string[] = Array.from({ length: 10 }, (_, index) => `m${index}`);

/** What one call carries, in every client. */
export const pointsPerCall = 1000;

const start = 1_700_000_000_000;

/** The points of some steps, the same in every client. */
export function pointsOf(firstStep: number, steps: number): Metric[] {
  const points: Metric[] = [];
  for (let step = firstStep; step < firstStep + steps; step++) {
    for (const [index, key] of keys.entries()) {
      points.push({ key, value: Math.sin(step * 0.01 + index) / (1 + step), timestamp: start + step, step });
    }
  }
  return points;
}
