import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencySketch, latencyRelativeError } from './latency-sketch.js';

function sketchOf(values: readonly number[]): LatencySketch {
  const sketch = new LatencySketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

describe('LatencySketch', () => {
  it('gives every quantile within its relative error of the exact one', () => {
    const latencies = fc.array(fc.double({ min: 0.02, max: 600_000, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(latencies, fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
        const exact = values.toSorted((a, b) => a - b)[Math.floor(p * (values.length - 1))]!;
        const error = Math.abs(sketchOf(values).quantile(p) - exact) / exact;
        expect(error).toBeLessThanOrEqual(latencyRelativeError + 1e-9);
      }),
    );
  });

  it('holds what lies outside its range at the nearest end', () => {
    expect(sketchOf([0]).quantile(0.5)).toBeCloseTo(0.01, 3);
    expect(sketchOf([1e12]).quantile(0.5) / 3_600_000).toBeCloseTo(1, 1);
  });

  it('has no latency to tell where nothing was added', () => {
    const empty = new LatencySketch();
    expect([empty.count, empty.quantile(0.95)]).toEqual([0, 0]);
  });
});
