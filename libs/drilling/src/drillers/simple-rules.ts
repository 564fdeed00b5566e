import { uniformsAt } from '@i-drill/numerics';
import { drillingAction } from '../environment/channels.js';
import type { ScreenSetPoint, SetPointRule } from './set-point-rule.js';

/**
 * The same set-point all the time.
 *
 * @example
 * ```ts
 * import { constantRule } from '@i-drill/drilling';
 * const act = constantRule({ weight: 90, speed: 120, flow: 2000 }).start(1);
 * Array.from(act(new Float32Array(16))); // => [90, 120, 2000]
 * ```
 */
export function constantRule({ weight, speed, flow }: ScreenSetPoint): SetPointRule {
  return {
    name: 'constant',
    start(count) {
      const actions = new Float32Array(3 * count).map((_, i) => [weight, speed, flow][i % 3]!);
      return () => actions;
    },
  };
}

/** Anything the rig can do, anew in every step; the same seed gives the same set-points. */
export function randomRule(seed: number): SetPointRule {
  return {
    name: 'random',
    start(count) {
      const actions = new Float32Array(3 * count);
      const draws = new Float64Array(3 * count);
      let step = 0;
      return () => {
        uniformsAt(draws, seed, 0, step++);
        for (let i = 0; i < actions.length; i++) {
          const { low, high } = drillingAction[i % 3]!;
          actions[i] = low + (high - low) * draws[i]!;
        }
        return actions;
      };
    },
  };
}
