import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heapArrays, largestError, numbers } from '../test/heap-arrays.js';
import { finiteDifferences } from '../test/reference/finite-differences.js';
import { plainLstm, pulledSum, type PlainLayer } from '../test/reference/lstm.js';

const sizes = fc.record({
  steps: fc.integer({ min: 1, max: 4 }),
  batch: fc.integer({ min: 1, max: 9 }),
  features: fc.integer({ min: 1, max: 9 }),
  units: fc.integer({ min: 1, max: 13 }),
});

type Sizes = typeof sizes extends fc.Arbitrary<infer T> ? T : never;

function layerOf({ steps, batch, features, units }: Sizes): PlainLayer & { readonly weights: Float32Array } {
  const x = numbers(steps * batch * features, 1, 2);
  return { steps, batch, features, units, x, weights: numbers((units + features + 1) * 4 * units, 2) };
}

/** Everything the kernels give for a layer, and derivatives of Σ hidden ∘ pull. */
function computed(layer: PlainLayer & { readonly x: ArrayLike<number> }, pull: Float32Array) {
  const { steps, batch, features, units } = layer;
  const { kernels, put, room, take, requireIntact } = heapArrays();
  const states = steps * batch * units;
  const [x, weights] = [put(Float32Array.from(layer.x)), put(Float32Array.from(layer.weights))];
  const [hidden, gates, cells, alone] = [room(states), room(4 * states), room(states), room(states)];
  const [dWeights, dx] = [room(layer.weights.length), room(layer.x.length)];
  const common = { x, weights, steps, batch, features, units };
  kernels.lstmForward({ ...common, hidden, keep: { gates, cells } });
  kernels.lstmForward({ ...common, hidden: alone });
  kernels.lstmBackward({ ...common, hidden, trace: { gates, cells }, dHidden: put(pull), dWeights, dx });
  requireIntact();
  return {
    hidden: take(hidden, states),
    gates: take(gates, 4 * states),
    cells: take(cells, states),
    alone: take(alone, states),
    dWeights: take(dWeights, layer.weights.length),
    dx: take(dx, layer.x.length),
  };
}

describe('lstmForward() and lstmBackward()', () => {
  it('give states and derivatives of the formula, for any sizes', () => {
    fc.assert(
      fc.property(sizes, (chosen) => {
        const layer = layerOf(chosen);
        const pull = numbers(layer.steps * layer.batch * layer.units, 3);
        const actual = computed(layer, pull);
        const expected = plainLstm(layer);
        expect(largestError(actual.hidden, expected.hidden)).toBeLessThan(1e-6);
        expect(largestError(actual.cells, expected.cells)).toBeLessThan(1e-6);
        expect(largestError(actual.gates, expected.gates)).toBeLessThan(1e-6);
        expect(actual.alone).toEqual(actual.hidden);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    { steps: 3, batch: 2, features: 2, units: 3 },
    { steps: 2, batch: 3, features: 1, units: 4 },
    { steps: 1, batch: 5, features: 3, units: 1 },
    { steps: 2, batch: 5, features: 5, units: 5 },
  ])(
    'have the derivatives that finite differences of the formula show: $steps x $batch x $features, $units',
    (chosen) => {
      const layer = layerOf(chosen);
      const pull = numbers(layer.steps * layer.batch * layer.units, 3);
      const { dWeights, dx } = computed(layer, pull);
      const ofWeights = finiteDifferences(layer.weights, (weights) => pulledSum({ ...layer, weights }, pull));
      const ofX = finiteDifferences(layer.x, (x) => pulledSum({ ...layer, x }, pull));
      expect(largestError(dWeights, ofWeights)).toBeLessThan(2e-6);
      expect(largestError(dx, ofX)).toBeLessThan(2e-6);
    },
  );

  it('take more sequences than a block holds, each as it would be alone', () => {
    const layer = layerOf({ steps: 2, batch: 131, features: 3, units: 6 });
    const pull = numbers(2 * 131 * 6, 3);
    const { hidden, dx, dWeights } = computed(layer, pull);
    expect(largestError(hidden, plainLstm(layer).hidden)).toBeLessThan(1e-6);
    const only = (sequence: number, values: ArrayLike<number>, width: number): Float32Array =>
      Float32Array.from({ length: 2 * width }, (_, k) => values[(Math.floor(k / width) * 131 + sequence) * width + (k % width)]!); // prettier-ignore
    const sum = new Float64Array(dWeights.length);
    for (let sequence = 0; sequence < 131; sequence++) {
      const alone = computed({ ...layer, batch: 1, x: only(sequence, layer.x, 3) }, only(sequence, pull, 6));
      expect(largestError([...only(sequence, dx, 3)], alone.dx)).toBeLessThan(1e-6);
      alone.dWeights.forEach((value, index) => (sum[index]! += value));
    }
    expect(largestError(dWeights, sum)).toBeLessThan(1e-6);
  });

  it('let the gradient of a saturated gate vanish, and hand NaN on', () => {
    const layer = layerOf({ steps: 2, batch: 1, features: 1, units: 4 });
    const saturated = computed({ ...layer, x: [1e4, -1e4] }, numbers(8, 3));
    expect(saturated.hidden.every(Number.isFinite)).toBe(true);
    expect(saturated.dWeights.every(Number.isFinite)).toBe(true);
    expect(computed({ ...layer, x: [0, NaN] }, numbers(8, 3)).hidden.slice(4)).toEqual([NaN, NaN, NaN, NaN]);
  });
});
