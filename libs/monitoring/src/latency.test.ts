import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summariseLatency } from './latency.js';

describe('summariseLatency()', () => {
  it('gives exact percentiles by nearest rank, by hand', () => {
    const oneToHundred = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(summariseLatency(oneToHundred)).toEqual({ mean: 50.5, p50: 50, p95: 95, p99: 99 });
    expect(summariseLatency([3])).toEqual({ mean: 3, p50: 3, p95: 3, p99: 3 });
    expect(summariseLatency([1, 9])).toEqual({ mean: 5, p50: 1, p95: 9, p99: 9 });
  });

  it('is not known without a finite latency', () => {
    expect(summariseLatency([])).toBeNull();
    expect(summariseLatency([NaN, Infinity])).toBeNull();
    expect(summariseLatency([NaN, 2])).toMatchObject({ p50: 2 });
  });

  it('has at least 95 % of all latencies at or below p95, and fewer below it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 300 }), (latencies) => {
        const { p50, p95, p99 } = summariseLatency(latencies)!;
        const count = (keep: (ms: number) => boolean): number => latencies.filter(keep).length;
        expect(count((ms) => ms <= p95) * 100).toBeGreaterThanOrEqual(latencies.length * 95);
        expect(count((ms) => ms < p95) * 100).toBeLessThan(latencies.length * 95);
        expect(p50 <= p95 && p95 <= p99).toBe(true);
      }),
    );
  });
});
