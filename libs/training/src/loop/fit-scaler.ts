import type { StandardScaler } from '@i-drill/core';
import { mean, standardDeviation } from '@i-drill/numerics';

/** Two numbers of this relative distance are the same float32, the form in which windows hold values. */
const float32Resolution = 2 ** -23;

/**
 * Mean and population standard deviation of each column. A column that is constant up to the rounding of float32 gets
 * scale 1: its deviation is noise of the arithmetic, and to divide by it would blow that noise up to the size of a signal.
 */
export function fitScaler(columns: readonly ArrayLike<number>[]): StandardScaler {
  const means = columns.map((column) => mean(column));
  const scale = columns.map((column, index) => {
    const deviation = standardDeviation(column);
    return deviation <= Math.abs(means[index]!) * float32Resolution ? 1 : deviation;
  });
  return { mean: means, scale };
}
