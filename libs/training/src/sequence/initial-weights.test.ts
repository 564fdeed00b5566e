import { createRng } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import { initialWeights } from './initial-weights.js';

const shape = { features: 3, hiddenSize: 6, numLayers: 2 };

describe('initialWeights()', () => {
  const { layers, head } = initialWeights(shape, createRng(1));

  it('gives each layer the size of what is below it', () => {
    expect(layers.map(({ inputs, units }) => [inputs, units])).toEqual([[3, 6], [6, 6]]); // prettier-ignore
    expect(layers[0]!.kernel).toHaveLength(3 * 24);
    expect(head.kernel).toHaveLength(6);
  });

  it('opens the forget gates and no other', () => {
    const expected = Array.from({ length: 24 }, (_, column) => (column >= 6 && column < 12 ? 1 : 0));
    for (const layer of layers) expect(Array.from(layer.bias)).toEqual(expected);
  });

  it('draws kernels from the Glorot range', () => {
    const limit = Math.sqrt(6 / (3 + 24));
    const largest = Math.max(...layers[0]!.kernel.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.8 * limit);
  });

  it('makes the rows of recurrent matrices orthonormal', () => {
    const { recurrent } = layers[1]!;
    for (let a = 0; a < 6; a++) {
      for (let b = 0; b <= a; b++) {
        const product = Array.from({ length: 24 }, (_, k) => recurrent[a * 24 + k]! * recurrent[b * 24 + k]!);
        expect(product.reduce((sum, value) => sum + value, 0)).toBeCloseTo(a === b ? 1 : 0, 5);
      }
    }
  });

  it('is the same for the same seed and another for another', () => {
    expect(initialWeights(shape, createRng(1))).toEqual({ layers, head });
    expect(initialWeights(shape, createRng(2))).not.toEqual({ layers, head });
  });
});
