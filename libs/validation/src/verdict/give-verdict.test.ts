import type { CheckResult, Consequences, Status } from '@i-drill/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockAlways } from '../block-always.js';
import { checkMetrics } from '../metrics/check-metrics.js';
import { giveVerdict, type Verdict } from './give-verdict.js';

const warnAlways: Consequences = { failed: 'warn', inconclusive: 'warn', error: 'warn' };

function check(status: Status, consequences: Consequences = blockAlways): CheckResult {
  return { check: 'a', status, reason: 'because', measurements: [], consequences };
}

function verdictOn(checks: readonly CheckResult[]): Verdict {
  return giveVerdict({
    model: { name: 'bit life/LSTM', version: '12' },
    checks,
    at: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
    dataFingerprint: 'aa',
    modelDigest: 'bb',
  });
}

/** Adding 0 turns −0, which JSON writes as 0, into 0. */
const finiteOrNot = fc.double().map((value) => value + 0);

const anyCheck = fc.record<CheckResult>({
  check: fc.string(),
  status: fc.constantFrom<Status>('passed', 'failed', 'inconclusive', 'error'),
  reason: fc.string(),
  measurements: fc.array(
    fc.record(
      { name: fc.string(), value: fc.oneof(finiteOrNot, fc.string(), fc.constant(null)) },
      { requiredKeys: ['name', 'value'] },
    ),
  ),
  consequences: fc.constantFrom(blockAlways, warnAlways),
});

describe('giveVerdict()', () => {
  it.each([
    [['passed', 'passed'], 'passed'],
    [['passed', 'inconclusive'], 'inconclusive'],
    [['inconclusive', 'error'], 'error'],
    [['error', 'failed'], 'failed'],
    [[], 'inconclusive'],
  ] as const)('of %j is %s', (statuses, expected) => {
    expect(verdictOn(statuses.map((status) => check(status))).status).toBe(expected);
  });

  it('a warning never blocks', () => {
    fc.assert(
      fc.property(fc.array(anyCheck), (checks) => {
        const warnings = checks.map((each) => ({ ...each, consequences: warnAlways }));
        expect(verdictOn([check('passed'), ...warnings]).status).toBe('passed');
      }),
    );
  });

  it('an error that blocks never passes, whatever else was shown', () => {
    fc.assert(
      fc.property(fc.array(anyCheck), (checks) => {
        expect(verdictOn([...checks, check('error')]).status).toMatch(/^(error|failed)$/);
      }),
    );
    expect(verdictOn(checkMetrics({}, { r2_score: 0.5 }, 'regression')).status).toBe('error');
  });

  it('has an id that tells model, version and time and is safe as a file name', () => {
    expect(verdictOn([]).id).toBe('bit-life-LSTM-12-20260102T030405006Z');
  });

  it('comes back from JSON as it was, with numbers that JSON lacks as words', () => {
    fc.assert(
      fc.property(fc.array(anyCheck), (checks) => {
        const verdict = verdictOn(checks);
        expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
        expect(JSON.stringify(verdict)).not.toContain('"value":NaN');
      }),
    );
    const measured = { ...check('failed'), measurements: [{ name: 'loss', value: NaN }] };
    expect(verdictOn([measured]).checks[0]?.measurements[0]?.value).toBe('NaN');
  });
});
