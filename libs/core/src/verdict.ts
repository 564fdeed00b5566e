/**
 * How a check ended. `inconclusive`: measured, but the measurement cannot tell. `error`: could not be measured.
 * Neither is a pass: not knowing is a value of its own.
 */
export type Status = 'passed' | 'failed' | 'inconclusive' | 'error';

/** What a status that is not `passed` does to the verdict: stop the version, or be reported only. */
export type Consequence = 'block' | 'warn';

/** The consequence of each way in which a check can miss `passed`. */
export interface Consequences {
  readonly failed: Consequence;
  readonly inconclusive: Consequence;
  readonly error: Consequence;
}

/** One measured value of a check, with what it was held against. */
export interface Measurement {
  readonly name: string;
  /** `null` where it could not be measured. */
  readonly value: number | string | null;
  /** Human-readable bound, for example `<= 25 cycles`. */
  readonly limit?: string;
  readonly unit?: string;
}

/** The outcome of one check. */
export interface CheckResult {
  /** Stable name, for example `metrics.rmse` or `drift`. */
  readonly check: string;
  readonly status: Status;
  /** One sentence with the deciding figure. */
  readonly reason: string;
  readonly measurements: readonly Measurement[];
  readonly consequences: Consequences;
}

const severity: Readonly<Record<Status, number>> = { passed: 0, inconclusive: 1, error: 2, failed: 3 };

/**
 * The verdict over a set of checks: the worst blocking status, in the order failed, error, inconclusive, passed.
 * No checks at all is `inconclusive`: nothing was shown.
 *
 * @example
 * ```ts
 * import { combineStatuses } from '@i-drill/core';
 * const consequences = { failed: 'block', inconclusive: 'block', error: 'block' } as const;
 * const check = (status: 'passed' | 'error') => ({ check: 'a', status, reason: '', measurements: [], consequences });
 * combineStatuses([check('passed'), check('error')]); // => 'error'
 * combineStatuses([]); // => 'inconclusive'
 * ```
 */
export function combineStatuses(checks: readonly CheckResult[]): Status {
  if (checks.length === 0) return 'inconclusive';
  return checks.map(blockingStatus).reduce((worst, next) => (severity[next] > severity[worst] ? next : worst));
}

function blockingStatus(check: CheckResult): Status {
  if (check.status === 'passed') return 'passed';
  return check.consequences[check.status] === 'block' ? check.status : 'passed';
}
