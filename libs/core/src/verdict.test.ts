import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineStatuses, type CheckResult, type Consequence, type Status } from './verdict.js';

const statuses: readonly Status[] = ['passed', 'failed', 'inconclusive', 'error'];

function check(status: Status, consequence: Consequence): CheckResult {
  const consequences = { failed: consequence, inconclusive: consequence, error: consequence };
  return { check: 'c', status, reason: '', measurements: [], consequences };
}

const checks = fc.array(
  fc.tuple(fc.constantFrom(...statuses), fc.constantFrom<Consequence>('block', 'warn')).map(([s, c]) => check(s, c)),
  { minLength: 1 },
);

describe('combineStatuses()', () => {
  it('is inconclusive without any check', () => {
    expect(combineStatuses([])).toBe('inconclusive');
  });

  it('lets a warning pass and a blocking failure fail', () => {
    expect(combineStatuses([check('failed', 'warn'), check('passed', 'block')])).toBe('passed');
    expect(combineStatuses([check('failed', 'block'), check('error', 'block')])).toBe('failed');
  });

  it('passes only if every blocking check passed', () => {
    fc.assert(
      fc.property(checks, (all) => {
        const everyBlockingPassed = all.every((c) => c.status === 'passed' || c.consequences[c.status] === 'warn');
        expect(combineStatuses(all) === 'passed').toBe(everyBlockingPassed);
      }),
    );
  });
});
