import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heapArrays, largestError, numbers } from '../test/heap-arrays.js';
import { plainAttention, type PlainAttention } from '../test/reference/attention.js';
import { finiteDifferences } from '../test/reference/finite-differences.js';

const sizes = fc.record({
  steps: fc.integer({ min: 1, max: 11 }),
  batch: fc.integer({ min: 1, max: 3 }),
  heads: fc.integer({ min: 1, max: 3 }),
  size: fc.integer({ min: 1, max: 11 }),
});

function computed({ projected, ...sizes }: PlainAttention, dOutput: Float32Array) {
  const { steps, batch, heads } = sizes;
  const { kernels, put, room, take, requireIntact } = heapArrays();
  const at = put(Float32Array.from(projected));
  const [output, shares] = [room(dOutput.length), room(batch * heads * steps * steps)];
  const dProjected = room(projected.length);
  kernels.attentionForward({ ...sizes, projected: at, output, shares });
  kernels.attentionBackward({ ...sizes, projected: at, shares, dOutput: put(dOutput), dProjected });
  requireIntact();
  return {
    output: take(output, dOutput.length),
    shares: take(shares, batch * heads * steps * steps),
    dProjected: take(dProjected, projected.length),
  };
}

function attentionOf(sizes: Omit<PlainAttention, 'projected'>): PlainAttention {
  return { ...sizes, projected: numbers(sizes.steps * sizes.batch * 3 * sizes.heads * sizes.size, 1, 2) };
}

describe('attentionForward() and attentionBackward()', () => {
  it('give outputs and weights of the formula, for any sizes', () => {
    fc.assert(
      fc.property(sizes, (chosen) => {
        const attention = attentionOf(chosen);
        const { output, shares } = plainAttention(attention);
        const actual = computed(attention, numbers(output.length, 2));
        expect(largestError(actual.output, output)).toBeLessThan(1e-6);
        expect(largestError(actual.shares, shares)).toBeLessThan(1e-6);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    { steps: 3, batch: 2, heads: 2, size: 2 },
    { steps: 5, batch: 1, heads: 1, size: 3 },
    { steps: 9, batch: 1, heads: 2, size: 4 },
    { steps: 1, batch: 2, heads: 1, size: 9 },
  ])('have the derivatives that finite differences of the formula show: $steps x $batch, $heads x $size', (chosen) => {
    const attention = attentionOf(chosen);
    const pull = numbers(chosen.steps * chosen.batch * chosen.heads * chosen.size, 2);
    const loss = (projected: Float64Array): number =>
      plainAttention({ ...attention, projected }).output.reduce((sum, value, i) => sum + value * pull[i]!, 0);
    const { dProjected } = computed(attention, pull);
    expect(largestError(dProjected, finiteDifferences(attention.projected, loss))).toBeLessThan(2e-6);
  });

  it('survive scores far beyond the range of the exponential, and hand NaN on', () => {
    const sizes = { steps: 5, batch: 1, heads: 1, size: 1 };
    const large = { ...sizes, projected: numbers(15, 1, 1000) };
    const { output } = computed(large, numbers(5, 2));
    expect(largestError(output, plainAttention(large).output)).toBeLessThan(1e-5);
    const spoilt = computed({ ...sizes, projected: numbers(15, 1).fill(NaN, 0, 1) }, numbers(5, 2));
    expect(spoilt.output[0]).toBeNaN();
  });
});
