import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mean, standardDeviation } from './moments.js';
import { normalsAt, uniformsAt } from './noise.js';
import { threefry } from './threefry.js';

const vector = JSON.parse(readFileSync(new URL('../test/vectors/threefry.json', import.meta.url), 'utf8')) as {
  cases: { key: number[]; counter: number[]; words: number[] }[];
};

function drawn(fill: typeof normalsAt, count: number, ...at: [number, number, number]): number[] {
  const out = new Float64Array(count);
  fill(out, ...at);
  return Array.from(out);
}

describe('threefry()', () => {
  it.each(vector.cases)('gives the words of randomgen for key $key and counter $counter', ({ key, counter, words }) => {
    const out = new Int32Array(4);
    threefry(Int32Array.from(key, (word) => word | 0), Int32Array.from(counter, (word) => word | 0), out); // prettier-ignore
    expect(Array.from(out, (word) => word >>> 0)).toEqual(words);
  });
});

describe('uniformsAt()', () => {
  it('takes seed, stream, step and place as the words of key and counter', () => {
    const out = new Int32Array(4);
    threefry(Int32Array.of(5, 2, 0, 0), Int32Array.of(1, 9, 3, 1), out);
    const numbers = drawn(uniformsAt, 8, 2 * 2 ** 32 + 5, 9, 2 ** 32 + 3);
    expect(numbers.slice(4)).toEqual(Array.from(out, (word) => ((word >>> 0) + 0.5) / 2 ** 32));
  });

  it('gives a longer list the numbers of a shorter one first', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(), fc.maxSafeNat(), fc.nat(20), (seed, stream, step, count) => {
        expect(drawn(uniformsAt, count, seed, stream, step)).toEqual(
          drawn(uniformsAt, 21, seed, stream, step).slice(0, count),
        );
        expect(drawn(normalsAt, count, seed, stream, step)).toEqual(
          drawn(normalsAt, 21, seed, stream, step).slice(0, count),
        );
      }),
    );
  });
});

describe('normalsAt()', () => {
  it('has the moments of a normal deviate, within five standard errors of 40 000', () => {
    const values = Array.from({ length: 10_000 }, (_, step) => drawn(normalsAt, 4, 1, 2, step)).flat();
    expect(Math.abs(mean(values))).toBeLessThan(5 / 200);
    expect(Math.abs(standardDeviation(values) - 1)).toBeLessThan(5 / Math.sqrt(2 * 40_000));
    expect(Math.abs(mean(values.map((x) => x ** 4)) - 3)).toBeLessThan(5 * Math.sqrt(96 / 40_000));
  });

  it('is not correlated between neighbours in place, step, stream or seed', () => {
    const at = (seed: number, stream: number, step: number): number => drawn(normalsAt, 2, seed, stream, step)[0]!;
    const place = Array.from({ length: 10_000 }, (_, i) => drawn(normalsAt, 2, 1, 1, i));
    expect(Math.abs(mean(place.map(([a, b]) => a! * b!)))).toBeLessThan(0.05);
    const steps = Array.from({ length: 10_000 }, (_, i) => i);
    expect(Math.abs(mean(steps.map((i) => at(1, 1, i) * at(1, 1, i + 1))))).toBeLessThan(0.05);
    expect(Math.abs(mean(steps.map((i) => at(1, 1, i) * at(1, 2, i))))).toBeLessThan(0.05);
    expect(Math.abs(mean(steps.map((i) => at(1, 1, i) * at(2, 1, i))))).toBeLessThan(0.05);
  });
});
