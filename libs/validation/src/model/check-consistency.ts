import type { CheckResult, Consequences, Status } from '@i-drill/core';
import { blockAlways } from '../block-always.js';
import { counted, figure } from '../figure.js';

/** Outputs of the same model on the same input. */
export interface ConsistencyComparison {
  /** Of the check. */
  readonly name: string;
  readonly runs: readonly Float32Array[];
  /** Largest difference, as a share of the largest absolute output. */
  readonly tolerance: number;
  /** @default everything blocks */
  readonly consequences?: Consequences;
}

/**
 * Whether repeated predictions agree. The tolerance is relative to the largest output, so that it means the same in
 * hours and in cycles. An output that is not finite is `failed`; fewer than two runs, or runs of different lengths, show
 * nothing and are `error`; runs without output are `inconclusive`.
 *
 * @example
 * ```ts
 * import { checkConsistency } from '@i-drill/validation';
 * const runs = [Float32Array.of(100, 50), Float32Array.of(100, 51)];
 * checkConsistency({ name: 'consistency', runs, tolerance: 0.1 }).status; // => 'passed'
 * checkConsistency({ name: 'consistency', runs, tolerance: 0.001 }).status; // => 'failed'
 * checkConsistency({ name: 'consistency', runs: runs.slice(1), tolerance: 1 }).status; // => 'error'
 * ```
 */
export function checkConsistency(comparison: ConsistencyComparison): CheckResult {
  const [first, ...others] = comparison.runs;
  if (first === undefined || others.length === 0) return unknown(comparison, 'error', 'fewer than two runs to compare');
  if (others.some((run) => run.length !== first.length)) {
    return unknown(
      comparison,
      'error',
      `runs have different lengths: ${comparison.runs.map((run) => run.length).join(', ')}`,
    );
  }
  if (first.length === 0) return unknown(comparison, 'inconclusive', 'the runs have no output');
  const broken = comparison.runs.findIndex((run) => !run.every(Number.isFinite));
  if (broken >= 0) return unknown(comparison, 'failed', `run ${broken + 1} has an output that is not a finite number`);
  return compared(comparison, relativeSpread(comparison.runs, first.length));
}

function compared(comparison: ConsistencyComparison, spread: number): CheckResult {
  const { name, runs, tolerance, consequences = blockAlways } = comparison;
  const limit = `<= ${figure(tolerance)}`;
  return {
    check: name,
    status: spread <= tolerance ? 'passed' : 'failed',
    reason: `${counted(runs.length, 'run')} differ by ${figure(spread)} of the largest output, limit ${limit}`,
    measurements: [{ name: 'largest difference', value: spread, limit, unit: 'share of the largest output' }],
    consequences,
  };
}

/** Largest range of one output over the runs, over the largest absolute output. Equal runs, and all zeros, give 0. */
function relativeSpread(runs: readonly Float32Array[], length: number): number {
  let widest = 0;
  let largest = 0;
  for (let i = 0; i < length; i++) {
    const outputs = runs.map((run) => run[i]!);
    const high = Math.max(...outputs);
    const low = Math.min(...outputs);
    widest = Math.max(widest, high - low);
    largest = Math.max(largest, Math.abs(high), Math.abs(low));
  }
  return largest === 0 ? 0 : widest / largest;
}

function unknown(
  { name, tolerance, consequences }: ConsistencyComparison,
  status: Status,
  reason: string,
): CheckResult {
  return {
    check: name,
    status,
    reason,
    measurements: [{ name: 'largest difference', value: null, limit: `<= ${figure(tolerance)}` }],
    consequences: consequences ?? blockAlways,
  };
}
