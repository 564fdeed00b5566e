import { describe, expect, it } from 'vitest';
import { checkExport } from './check-export.js';

describe('checkExport()', () => {
  it.each([
    [0, 'passed'],
    [1e-4, 'passed'],
    [1.1e-4, 'failed'],
    [Infinity, 'failed'],
    [NaN, 'error'],
  ] as const)('a difference of %s against 1e-4 is %s', (difference, status) => {
    expect(checkExport(difference, 1e-4).status).toBe(status);
  });

  it('states difference and limit', () => {
    expect(checkExport(2e-6, 1e-4)).toMatchObject({
      check: 'export',
      reason: 'file and trained model differ by at most 0.000002 of the largest output, limit <= 0.0001',
      measurements: [{ name: 'largest difference', value: 2e-6, limit: '<= 0.0001' }],
    });
  });

  it('is an error without a tolerance', () => {
    expect(checkExport(0, NaN).status).toBe('error');
  });
});
