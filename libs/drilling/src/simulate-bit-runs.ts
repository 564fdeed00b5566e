import { createRng } from '@i-drill/numerics';
import { resolveBitRun } from './bit-run-settings.js';
import type { BitRun, BitRunOptions } from './bit-run.js';
import { drawSeed } from './random-draws.js';
import { drillToFailure, unitName } from './simulate-bit-run.js';

/** Many runs with the same settings; the seed is for the whole set. */
export interface BitRunsOptions extends BitRunOptions {
  readonly count: number;
}

/**
 * Independent bit runs to failure. The first runs of a longer set are those of a shorter one.
 *
 * @throws RangeError if the count is not a positive whole number, or as {@link simulateBitRun}
 *
 * @example
 * ```ts
 * import { simulateBitRuns } from '@i-drill/drilling';
 * simulateBitRuns({ count: 2, seed: 7 }).map((run) => run.unit); // => ['bit-mixed-7-001', 'bit-mixed-7-002']
 * ```
 */
export function simulateBitRuns(options: BitRunsOptions): BitRun[] {
  const settings = resolveBitRun(options);
  if (!Number.isInteger(options.count) || options.count < 1) {
    throw new RangeError(`Cannot simulate bit runs: count ${options.count} is not a positive whole number`);
  }
  const rng = createRng(settings.seed);
  return Array.from({ length: options.count }, (_, i) => {
    const position = String(i + 1).padStart(3, '0');
    const unit = unitName([settings.formation, String(settings.seed), position], settings);
    return drillToFailure({ ...settings, seed: drawSeed(rng) }, unit);
  });
}
