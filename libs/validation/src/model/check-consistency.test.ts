import { describe, expect, it } from 'vitest';
import { checkConsistency } from './check-consistency.js';

function compare(runs: number[][], tolerance = 1e-6) {
  return checkConsistency({ name: 'repeat', runs: runs.map((run) => Float32Array.from(run)), tolerance });
}

describe('checkConsistency()', () => {
  it('passes equal runs, also of zeros', () => {
    expect(
      compare([
        [1, 2],
        [1, 2],
        [1, 2],
      ]).status,
    ).toBe('passed');
    expect(
      compare([
        [0, 0],
        [0, 0],
      ]).status,
    ).toBe('passed');
  });

  it('measures the widest spread over all runs, as a share of the largest output', () => {
    const result = compare(
      [
        [100, 2],
        [100, 1],
        [100, 3],
      ],
      0.01,
    );
    expect(result).toMatchObject({ check: 'repeat', status: 'failed' });
    expect(result.measurements[0]?.value).toBe(0.02);
    expect(
      compare(
        [
          [100, 2],
          [100, 1],
          [100, 3],
        ],
        0.02,
      ).status,
    ).toBe('passed');
  });

  it('means the same in any unit', () => {
    expect(compare([[1e-5], [2e-5]]).status).toBe('failed');
    expect(compare([[1e6], [1e6 + 0.5]]).status).toBe('passed');
  });

  it('fails an output that is not a number, even where all runs agree on it', () => {
    const result = compare([
      [1, NaN],
      [1, NaN],
    ]);
    expect(result).toMatchObject({ status: 'failed', reason: 'run 1 has an output that is not a finite number' });
    expect(compare([[1], [Infinity]]).status).toBe('failed');
  });

  it('is an error where nothing can be compared, inconclusive where there is nothing', () => {
    expect(compare([]).status).toBe('error');
    expect(compare([[1, 2]])).toMatchObject({ status: 'error', reason: 'fewer than two runs to compare' });
    expect(compare([[1, 2], [1]])).toMatchObject({ status: 'error', reason: 'runs have different lengths: 2, 1' });
    expect(compare([[], []]).status).toBe('inconclusive');
  });

  it('passes nothing with a tolerance that is not a number', () => {
    expect(compare([[1], [1]], NaN).status).toBe('failed');
  });
});
