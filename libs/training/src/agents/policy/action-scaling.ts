import type { ActionSpace } from '@i-drill/core';

/** From what a network thinks in to what the environment takes. */
export interface ActionScaling {
  /** Numbers an action has for the network: one per component; of a choice 1, its index. */
  readonly width: number;
  /**
   * Physical units from numbers between −1 and 1, which are cut there; a choice stays as it is.
   *
   * @param unit shape [rows, width]
   * @param into shape [rows, width]
   */
  readonly toPhysical: (unit: Float32Array, into: Float32Array) => void;
}

/**
 * −1 is the low bound of a component and 1 its high one.
 *
 * @throws RangeError for a component without bounds: there is nothing to scale to
 */
export function actionScaling(space: ActionSpace): ActionScaling {
  if (space.kind === 'discrete') {
    return {
      width: 1,
      toPhysical: (unit, into) => {
        into.set(unit);
      },
    };
  }
  const width = space.components.length;
  const scales = space.components.map(({ name, low, high }) => {
    if (Number.isFinite(low) && Number.isFinite(high) && low < high) {
      return { middle: (low + high) / 2, half: (high - low) / 2 };
    }
    throw new RangeError(
      `Cannot scale action "${name}": it runs from ${low} to ${high}; give finite bounds, low first`,
    );
  });
  return {
    width,
    toPhysical(unit, into) {
      for (let i = 0; i < unit.length; i++) {
        const { middle, half } = scales[i % width]!;
        into[i] = middle + half * Math.min(1, Math.max(-1, unit[i]!));
      }
    },
  };
}
