import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunBatch } from '../api/runs.js';
import { batchLimits, splitBatch } from './batches.js';

function batchOf(params: number, metrics: number, tags: number): RunBatch {
  const record = (count: number, value = 'v'): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, value]));
  return {
    params: record(params),
    metrics: Array.from({ length: metrics }, (_, step) => ({ key: 'm', value: 0, timestamp: 1, step })),
    tags: record(tags),
  };
}

const sizes = (batch: RunBatch): [number, number, number][] =>
  splitBatch(batch).map(({ params = [], metrics = [], tags = [] }) => [params.length, metrics.length, tags.length]);

describe('splitBatch()', () => {
  it('keeps what fits in one call together', () => {
    expect(sizes(batchOf(100, 800, 100))).toEqual([[100, 800, 100]]);
    expect(splitBatch({})).toEqual([]);
  });

  it('splits at each limit, params before metrics before tags', () => {
    expect(sizes(batchOf(101, 0, 0))).toEqual([[100, 0, 0], [1, 0, 0]]); // prettier-ignore
    expect(sizes(batchOf(0, 1001, 0))).toEqual([[0, 1000, 0], [0, 1, 0]]); // prettier-ignore
    expect(sizes(batchOf(100, 901, 0))).toEqual([[100, 900, 0], [0, 1, 0]]); // prettier-ignore
  });

  it('keeps bodies under the size limit, in bytes', () => {
    const tags = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`k${i}`, 'ü'.repeat(8000)]));
    const bodies = splitBatch({ tags });
    expect(bodies).toHaveLength(2);
    for (const body of bodies) expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(1_000_000);
  });

  it('loses nothing, repeats nothing and breaks no limit, whatever the sizes', () => {
    const count = fc.integer({ min: 0, max: 2500 });
    fc.assert(
      fc.property(count, count, count, (params, metrics, tags) => {
        const pieces = sizes(batchOf(params, metrics, tags));
        const total = (index: 0 | 1 | 2): number => pieces.reduce((sum, piece) => sum + piece[index], 0);
        expect([total(0), total(1), total(2)]).toEqual([params, metrics, tags]);
        for (const [p, m, t] of pieces) {
          expect(p <= batchLimits.params && m <= batchLimits.metrics && t <= batchLimits.tags).toBe(true);
          expect(p + m + t).toBeLessThanOrEqual(batchLimits.items);
        }
      }),
      { numRuns: 30 },
    );
  });
});
