import type { BitRunOptions } from './bit-run.js';

/** Complete options of a run. */
export type BitRunSettings = Required<BitRunOptions>;

/** Fills in defaults and refuses what cannot be drilled. */
export function resolveBitRun(options: BitRunOptions): BitRunSettings {
  const { seed, formation = 'mixed', intervalMinutes = 15, shift = 'none' } = options;
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new RangeError(`Cannot simulate a bit run: seed ${seed} is not a whole number from 0 to 2^32 - 1`);
  }
  if (!(intervalMinutes >= 1 && intervalMinutes <= 240)) {
    throw new RangeError(`Cannot simulate a bit run: intervalMinutes ${intervalMinutes} is not between 1 and 240`);
  }
  return { seed, formation, intervalMinutes, shift };
}
