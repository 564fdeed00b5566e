import { createRng, normal } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import { checkBaseline, type BaselineComparison } from './check-baseline.js';

function compare(modelErrors: number[], baselineErrors: number[], more: Partial<BaselineComparison> = {}) {
  return checkBaseline({
    name: 'mean-life',
    metric: 'mean absolute error [h]',
    modelErrors,
    baselineErrors,
    minImprovement: 0,
    rng: createRng(1),
    ...more,
  });
}

const hard = [2, 4, 8, 16, 32, 64];

describe('checkBaseline()', () => {
  it('passes a model that is a little better on every unit, however different the units are', () => {
    const result = compare(
      hard.map((error) => error - 1),
      hard,
    );
    expect(result.status).toBe('passed');
    expect(result.reason).toBe(
      'mean absolute error [h] 20, of mean-life 21 over 6 independent units; gain between 1 and 1 (95 % interval)',
    );
    expect(result.check).toBe('baseline.mean-life');
  });

  it('fails a model that is worse on every unit', () => {
    expect(
      compare(
        hard.map((error) => error + 1),
        hard,
      ).status,
    ).toBe('failed');
  });

  it('cannot tell where the interval holds 0, and not for equal errors', () => {
    expect(compare([1, 9, 1, 9, 1, 9], [5, 5, 5, 5, 5, 5]).status).toBe('inconclusive');
    expect(compare(hard, hard).status).toBe('inconclusive');
  });

  it('asks for the improvement that is set, on top', () => {
    const better = hard.map((error) => 0.85 * error);
    expect(compare(better, hard, { minImprovement: 0.1 }).status).toBe('passed');
    expect(compare(better, hard, { minImprovement: 0.2 }).status).toBe('failed');
    expect(compare(better, hard, { minImprovement: 0.1 }).reason).toContain('gain beyond 10 %');
  });

  it('cannot tell from too few units, and from one never', () => {
    expect(compare([1, 1, 1, 1], [9, 9, 9, 9])).toMatchObject({
      status: 'inconclusive',
      reason: '4 independent units, at least 5 needed',
    });
    expect(compare([1, 1, 1, 1], [9, 9, 9, 9], { minUnits: 4 }).status).toBe('passed');
    expect(compare([1], [9], { minUnits: 1 }).status).toBe('inconclusive');
  });

  it.each([
    ['nothing measured', [], []],
    ['a unit missing', [1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6]],
    ['a NaN', [1, 2, 3, 4, NaN], [9, 9, 9, 9, 9]],
    ['an infinite baseline', [1, 2, 3, 4, 5], [9, 9, 9, 9, Infinity]],
    ['a negative error', [1, 2, 3, 4, -5], [9, 9, 9, 9, 9]],
  ])('is an error with %s', (_, model, baseline) => {
    expect(compare(model, baseline).status).toBe('error');
  });

  it('gives the same answer for the same seed', () => {
    const noisy = [1, 9, 1, 9, 1, 2];
    expect(compare(noisy, hard)).toEqual(compare(noisy, hard));
  });

  it('passes a model that is no better about as rarely as a 95 % interval promises', () => {
    const rng = createRng(11);
    const errors = (): number[] => Array.from({ length: 12 }, () => Math.exp(normal(rng)));
    const statuses = Array.from(
      { length: 200 },
      (_, seed) => compare(errors(), errors(), { rng: createRng(seed) }).status,
    );
    const share = statuses.filter((status) => status === 'passed').length / statuses.length;
    expect(share).toBeLessThanOrEqual(0.05);
    expect(statuses.filter((status) => status === 'inconclusive').length).toBeGreaterThan(180);
  });

  it('finds a model that halves the errors', () => {
    const rng = createRng(12);
    const statuses = Array.from({ length: 50 }, (_, seed) => {
      const baseline = Array.from({ length: 12 }, () => Math.exp(normal(rng)));
      const model = baseline.map((error) => 0.5 * error * Math.exp(0.3 * normal(rng)));
      return compare(model, baseline, { rng: createRng(seed) }).status;
    });
    expect(statuses.filter((status) => status === 'passed').length).toBeGreaterThanOrEqual(45);
  });
});
