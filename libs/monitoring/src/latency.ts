import { mean } from '@i-drill/numerics';
import type { LatencySummary } from './report.js';

/** Mean and exact percentiles by nearest rank: the least value that at least a share p of all do not exceed. */
export function summariseLatency(latenciesMs: readonly number[]): LatencySummary | null {
  const sorted = latenciesMs.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const percentile = (hundredths: number): number =>
    sorted[Math.max(Math.ceil((hundredths * sorted.length) / 100), 1) - 1] ?? NaN;
  return { mean: mean(sorted), p50: percentile(50), p95: percentile(95), p99: percentile(99) };
}
