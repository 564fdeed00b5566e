import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunBatch } from '../api/runs.js';
import { splitBatch, type BatchBody } from './batches.js';
import { toPairs } from './wire/values.js';

function batchOf(params: number, metrics: number, tags: number, value = 'v'): RunBatch {
  const record = (count: number): Record<string, string> =>
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

  it('loses nothing, keeps the order and breaks no limit, whatever the sizes', () => {
    const count = fc.integer({ min: 0, max: 300 });
    const length = fc.integer({ min: 0, max: 6000 }); // the longest make bodies full by size
    fc.assert(
      fc.property(count, fc.integer({ min: 0, max: 2500 }), count, length, (params, metrics, tags, valueLength) => {
        const batch = batchOf(params, metrics, tags, 'ü'.repeat(valueLength));
        const bodies = splitBatch(batch);
        expect(bodies.flatMap((body) => body.params ?? [])).toEqual(toPairs(batch.params ?? {}));
        expect(bodies.flatMap((body) => body.metrics ?? [])).toEqual(batch.metrics);
        expect(bodies.flatMap((body) => body.tags ?? [])).toEqual(toPairs(batch.tags ?? {}));
        expect(bodies.filter((body) => !isWithinLimits(body))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('writes params before metrics before tags, over all bodies', () => {
    const kinds = splitBatch(batchOf(150, 2000, 150)).flatMap((body) => Object.keys(body));
    expect(kinds).toEqual(['params', 'params', 'metrics', 'metrics', 'metrics', 'tags', 'tags']);
  });
});

function isWithinLimits(body: BatchBody): boolean {
  const { params = [], metrics = [], tags = [] } = body;
  const counts = [params.length <= 100, metrics.length <= 1000, tags.length <= 100];
  const isSmall = Buffer.byteLength(JSON.stringify({ run_id: 'a'.repeat(32), ...body })) < 1_000_000;
  return counts.every(Boolean) && params.length + metrics.length + tags.length <= 1000 && isSmall;
}
