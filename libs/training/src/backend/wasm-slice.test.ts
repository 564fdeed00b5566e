import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from './select-backend.js';
import { installWasmSlice } from './wasm-slice.js';

const dimension = fc
  .integer({ min: 1, max: 5 })
  .chain((length) => fc.tuple(fc.constant(length), fc.integer({ min: 0, max: length - 1 })))
  .chain(([length, begin]) => fc.tuple(fc.constant(length), fc.constant(begin), fc.integer({ min: 0, max: length - begin }))); // prettier-ignore

/** The slice by its definition: the value at each index, in order. */
function plainSlice(shape: readonly number[], begin: readonly number[], size: readonly number[]): number[] {
  const indices = size.reduce<number[]>((flat, length, axis) => {
    const axisIndices = Array.from({ length }, (_, i) => begin[axis]! + i);
    return flat.flatMap((index) => axisIndices.map((i) => index * shape[axis]! + i));
  }, [0]); // prettier-ignore
  return indices;
}

describe('installWasmSlice()', () => {
  beforeAll(async () => {
    await selectBackend(['wasm']);
  });

  it('takes the same values as the definition, for any shape and range', () => {
    fc.assert(
      fc.property(fc.array(dimension, { minLength: 1, maxLength: 4 }), (dimensions) => {
        const [shape, begin, size] = [0, 1, 2].map((part) => dimensions.map((d) => d[part]!)) as [number[], number[], number[]]; // prettier-ignore
        const values = tf.tidy(() => {
          const x = tf.reshape(tf.range(0, tf.util.sizeFromShape(shape)), shape);
          return Array.from(tf.slice(x, begin, size).dataSync());
        });
        expect(values).toEqual(plainSlice(shape, begin, size));
      }),
    );
  });

  it('leaves other types to the original kernel', () => {
    const values = tf.tidy(() => Array.from(tf.slice(tf.tensor1d([true, false, true], 'bool'), [1], [2]).dataSync()));
    expect(values).toEqual([0, 1]);
  });

  it('replaces the kernel once, however often a backend is chosen', () => {
    const kernel = tf.getKernel('Slice', 'wasm');
    installWasmSlice();
    expect(tf.getKernel('Slice', 'wasm')).toBe(kernel);
  });
});
