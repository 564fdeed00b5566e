import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from './select-backend.js';

/** Computes the same on both backends: values are whole numbers, so that nothing is rounded. */
async function onBoth(compute: () => tf.Tensor | tf.Tensor[]): Promise<[wasm: Result[], cpu: Result[]]> {
  const run = async (name: 'wasm' | 'cpu'): Promise<Result[]> => {
    await selectBackend([name]);
    return tf.tidy(
      () => [compute()].flat().map((y) => ({ shape: y.shape, values: Array.from(y.dataSync()) })) as never,
    );
  };
  return [await run('wasm'), await run('cpu')];
}

interface Result {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

function numbered(shape: number[], first = 0): tf.Tensor {
  return tf.reshape(tf.range(first, first + tf.util.sizeFromShape(shape)), shape);
}

const shapes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 });

describe('copies on the heap', () => {
  beforeAll(async () => {
    await selectBackend(['wasm']);
  });

  it('transpose any axes', async () => {
    const cases = shapes.chain((shape) =>
      fc.tuple(fc.constant(shape), fc.shuffledSubarray([...shape.keys()], { minLength: shape.length })),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([shape, perm]) => {
        const [wasm, cpu] = await onBoth(() => tf.transpose(numbered(shape), perm));
        expect(wasm).toEqual(cpu);
      }),
    );
  });

  it('transpose matrices larger than a block', async () => {
    const [wasm, cpu] = await onBoth(() => [
      tf.transpose(numbered([33, 18])),
      tf.transpose(numbered([3, 9, 17]), [0, 2, 1]),
      tf.transpose(numbered([2, 5, 3, 300]), [2, 1, 0, 3]),
    ]);
    expect(wasm).toEqual(cpu);
  });

  it('slice any range', async () => {
    const axis = fc
      .tuple(fc.nat(3), fc.integer({ min: 1, max: 4 }), fc.nat(3))
      .map(([before, size, after]) => ({ length: before + size + after, begin: before, size }));
    await fc.assert(
      fc.asyncProperty(fc.array(axis, { minLength: 1, maxLength: 5 }), async (axes) => {
        const [shape, begin, size] = [axes.map((a) => a.length), axes.map((a) => a.begin), axes.map((a) => a.size)];
        const [wasm, cpu] = await onBoth(() => tf.slice(numbered(shape), begin, size));
        expect(wasm).toEqual(cpu);
      }),
    );
  });

  it('split and join along any axis', async () => {
    const cases = fc.tuple(shapes, fc.nat(4), fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(cases, async ([rest, position, sizes]) => {
        const axis = position % rest.length;
        const whole = rest.with(axis, sizes.reduce((sum, size) => sum + size, 0)); // prettier-ignore
        const [wasm, cpu] = await onBoth(() => {
          const parts = tf.split(numbered(whole), sizes, axis);
          return [...parts, tf.concat(parts.toReversed(), axis)];
        });
        expect(wasm).toEqual(cpu);
      }),
      { numRuns: 50 },
    );
  });

  it('leave other types to the kernels of TensorFlow.js', async () => {
    const [wasm, cpu] = await onBoth(() => {
      const flags = tf.tensor2d([1, 0, 1, 1, 0, 0], [2, 3], 'bool');
      return [tf.slice(flags, [0, 1], [2, 2]), tf.transpose(flags), tf.concat([flags, flags], 1)];
    });
    expect(wasm).toEqual(cpu);
  });
});
