import type { ArmStats } from '@i-drill/deployment';
import { LatencySketch } from './latency-sketch.js';

/**
 * How a request ended at an arm. `unreachable`: no byte of an answer came. `broken`: the answer stopped half-way.
 * `cancelled`: the caller gave up waiting. Errors of the caller (4xx) are answers like any other.
 */
export type ArmOutcome = 'answered' | 'server-error' | 'unreachable' | 'timeout' | 'broken' | 'cancelled';

const errorOutcomes: readonly ArmOutcome[] = ['server-error', 'unreachable', 'timeout', 'broken'];

/** Counts of one arm since the last reset. */
export class ArmStatistics {
  private requests = 0;
  private errors = 0;
  private latencies = new LatencySketch();

  /**
   * A refused connection takes no time and would make a dead arm look quick: `unreachable` has no latency. A cancelled
   * request counts with the time the caller waited.
   */
  add(outcome: ArmOutcome, latencyMs: number): void {
    this.requests += 1;
    if (errorOutcomes.includes(outcome)) this.errors += 1;
    if (outcome !== 'unreachable') this.latencies.add(latencyMs);
  }

  reset(): void {
    this.requests = 0;
    this.errors = 0;
    this.latencies = new LatencySketch();
  }

  /** Latencies within 1 %; 0 where no request was answered. */
  snapshot(): ArmStats {
    return {
      requests: this.requests,
      errors: this.errors,
      latencyP50Ms: this.latencies.quantile(0.5),
      latencyP95Ms: this.latencies.quantile(0.95),
      latencyP99Ms: this.latencies.quantile(0.99),
    };
  }
}
