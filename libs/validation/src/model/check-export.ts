import type { CheckResult, Consequences, Status } from '@i-drill/core';
import { blockAlways } from '../block-always.js';
import { figure } from '../figure.js';

/**
 * Whether the exported file is the trained model: their largest difference, as a share of the largest output, against a
 * tolerance. Infinity (an output that is not a number) fails; NaN was not measured and is an `error`.
 *
 * @example
 * ```ts
 * import { checkExport } from '@i-drill/validation';
 * checkExport(2e-7, 1e-5).status; // => 'passed'
 * checkExport(Infinity, 1e-5).status; // => 'failed'
 * checkExport(NaN, 1e-5).status; // => 'error'
 * ```
 */
export function checkExport(
  largestDifference: number,
  tolerance: number,
  consequences: Consequences = blockAlways,
): CheckResult {
  const limit = `<= ${figure(tolerance)}`;
  const status = statusOf(largestDifference, tolerance);
  return {
    check: 'export',
    status,
    reason:
      status === 'error'
        ? `the difference between file and trained model is ${largestDifference}, the tolerance ${tolerance}: no comparison`
        : `file and trained model differ by at most ${figure(largestDifference)} of the largest output, limit ${limit}`,
    measurements: [
      { name: 'largest difference', value: Number.isFinite(largestDifference) ? largestDifference : null, limit },
    ],
    consequences,
  };
}

function statusOf(difference: number, tolerance: number): Status {
  if (Number.isNaN(difference) || Number.isNaN(tolerance)) return 'error';
  return difference <= tolerance ? 'passed' : 'failed';
}
