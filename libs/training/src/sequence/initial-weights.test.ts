import { createRng } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import { glorotUniform, heUniform, lstmInitial } from './initial-weights.js';

const [inputs, units] = [3, 6];
const columns = 4 * units;

describe('lstmInitial()', () => {
  const matrix = lstmInitial(inputs, units, createRng(1));
  const row = (index: number): Float32Array => matrix.subarray(index * columns, (index + 1) * columns);

  it('has a row per recurrent unit, per input and for the bias', () => {
    expect(matrix).toHaveLength((units + inputs + 1) * columns);
  });

  it('opens the forget gates and no other', () => {
    const expected = Array.from({ length: columns }, (_, column) => (column >= 6 && column < 12 ? 1 : 0));
    expect(Array.from(row(units + inputs))).toEqual(expected);
  });

  it('makes the recurrent rows orthonormal', () => {
    for (let a = 0; a < units; a++) {
      for (let b = 0; b <= a; b++) {
        const product = row(a).reduce((sum, value, k) => sum + value * row(b)[k]!, 0);
        expect(product).toBeCloseTo(a === b ? 1 : 0, 5);
      }
    }
  });

  it('draws the kernel rows from the Glorot range', () => {
    const kernel = matrix.subarray(units * columns, (units + inputs) * columns);
    expectUniform(kernel, Math.sqrt(6 / (inputs + columns)));
  });

  it('is the same for the same seed and another for another', () => {
    expect(lstmInitial(inputs, units, createRng(1))).toEqual(matrix);
    expect(lstmInitial(inputs, units, createRng(2))).not.toEqual(matrix);
  });
});

it('glorotUniform() fills ±√(6/(rows + columns))', () => {
  expectUniform(glorotUniform(10, 14, createRng(1)), 0.5);
});

it('heUniform() fills ±√(6/rows), whatever the columns', () => {
  expectUniform(heUniform(24, 10, createRng(1)), 0.5);
});

/** All within ±limit, and near both ends of it. */
function expectUniform(values: Float32Array, limit: number): void {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  expect(least).toBeGreaterThanOrEqual(-limit);
  expect(most).toBeLessThanOrEqual(limit);
  expect(least).toBeLessThan(-0.8 * limit);
  expect(most).toBeGreaterThan(0.8 * limit);
}
