import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heapArrays, largestError, numbers } from '../test/heap-arrays.js';
import { finiteDifferences } from '../test/reference/finite-differences.js';
import { plainLayerNorm, type PlainLayerNorm } from '../test/reference/layer-norm.js';

const epsilon = 1e-5;

function computed({ x, gain, shift }: PlainLayerNorm, pull: Float32Array) {
  const [columns, rows] = [gain.length, x.length / gain.length];
  const { kernels, put, room, take, requireIntact } = heapArrays();
  const [xAt, gainAt, shiftAt] = [x, gain, shift].map((values) => put(Float32Array.from(values))) as [number, number, number]; // prettier-ignore
  const [y, moments, dx] = [room(x.length), room(2 * rows), room(x.length)];
  const [dGain, dShift] = [room(columns), room(columns)];
  const common = { x: xAt, gain: gainAt, moments, rows, columns };
  kernels.layerNormForward({ ...common, shift: shiftAt, y, epsilon });
  kernels.layerNormBackward({ ...common, dy: put(pull), dx, dGain, dShift });
  requireIntact();
  return {
    y: take(y, x.length),
    dx: take(dx, x.length),
    dGain: take(dGain, columns),
    dShift: take(dShift, columns),
  };
}

function layerOf(rows: number, columns: number): PlainLayerNorm {
  return { x: numbers(rows * columns, 1, 3), gain: numbers(columns, 2), shift: numbers(columns, 3), epsilon };
}

describe('layerNormForward() and layerNormBackward()', () => {
  it('give the normalised rows of the formula, for any sizes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2, max: 21 }), (rows, columns) => {
        const layer = layerOf(rows, columns);
        expect(largestError(computed(layer, numbers(rows * columns, 4)).y, plainLayerNorm(layer))).toBeLessThan(1e-5);
      }),
    );
  });

  it.each([
    [3, 4],
    [2, 7],
    [5, 9],
  ])('have the derivatives that finite differences of the formula show: %i x %i', (rows, columns) => {
    const layer = layerOf(rows, columns);
    const pull = numbers(rows * columns, 4);
    const loss = (changed: Partial<PlainLayerNorm>): number =>
      plainLayerNorm({ ...layer, ...changed }).reduce((sum, value, index) => sum + value * pull[index]!, 0);
    const { dx, dGain, dShift } = computed(layer, pull);
    expect(
      largestError(
        dx,
        finiteDifferences(layer.x, (x) => loss({ x })),
      ),
    ).toBeLessThan(1e-5);
    expect(
      largestError(
        dGain,
        finiteDifferences(layer.gain, (gain) => loss({ gain })),
      ),
    ).toBeLessThan(1e-5);
    expect(
      largestError(
        dShift,
        finiteDifferences(layer.shift, (shift) => loss({ shift })),
      ),
    ).toBeLessThan(1e-5);
  });

  it('sum gradients over more rows than a block holds', () => {
    const [rows, columns] = [300, 5];
    const layer = layerOf(rows, columns);
    const pull = numbers(rows * columns, 4);
    const normal = plainLayerNorm({ ...layer, gain: [1, 1, 1, 1, 1], shift: [0, 0, 0, 0, 0] });
    const sums = (value: (index: number) => number): number[] =>
      Array.from({ length: columns }, (_, column) =>
        Array.from({ length: rows }, (_, row) => value(row * columns + column)).reduce((sum, term) => sum + term, 0),
      );
    const { dGain, dShift } = computed(layer, pull);
    expect(
      largestError(
        dGain,
        sums((index) => pull[index]! * normal[index]!),
      ),
    ).toBeLessThan(1e-5);
    expect(
      largestError(
        dShift,
        sums((index) => pull[index]!),
      ),
    ).toBeLessThan(1e-5);
  });

  it('give a constant row the shift', () => {
    const layer = { x: [7, 7, 7, 7, 7], gain: numbers(5, 2), shift: [1, 2, 3, 4, 5], epsilon };
    expect(computed(layer, numbers(5, 4)).y).toEqual([1, 2, 3, 4, 5]);
  });
});
