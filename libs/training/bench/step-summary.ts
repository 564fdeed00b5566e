import type { StepTimes } from './step-contestant.js';
import { batchShape } from './speed-cases.js';

/** Times of one contestant over all rounds. */
export interface StepSummary {
  readonly medianMs: number;
  readonly bestMs: number;
  /** Median of the processor time: what is left when others use the machine too. */
  readonly cpuMs: number;
  readonly windowsPerSecond: number;
  /** After the first round; later, rounding has grown to more. */
  readonly loss: number;
}

/** Sums up the rounds, without the first, in which everything is still warming up. */
export function summary(rounds: readonly StepTimes[]): StepSummary {
  const measured = rounds.length > 1 ? rounds.slice(1) : rounds;
  const wallMs = measured.flatMap((round) => round.wallMs);
  const medianMs = median(wallMs);
  return {
    medianMs,
    bestMs: Math.min(...wallMs),
    cpuMs: median(measured.flatMap((round) => round.cpuMs)),
    windowsPerSecond: (1000 * batchShape.windows) / medianMs,
    loss: rounds[0]!.loss,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
