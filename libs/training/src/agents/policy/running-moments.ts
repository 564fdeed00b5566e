/** Mean and variance of everything seen so far, per column. */
export interface RunningMoments {
  count: number;
  /** Shape [columns]. */
  readonly mean: Float64Array;
  /** Sum of squared distances from the mean, shape [columns]. */
  readonly squares: Float64Array;
}

/** Nothing seen yet. */
export function emptyMoments(columns: number): RunningMoments {
  return { count: 0, mean: new Float64Array(columns), squares: new Float64Array(columns) };
}

/**
 * Adds rows. The mean and variance of two sets from those of each (Chan, Golub & LeVeque 1983, "Algorithms for computing
 * the sample variance", Am. Stat. 37(3)):
 *
 *   δ = mean_b − mean_a,  mean = mean_a + δ·n_b / n,  M = M_a + M_b + δ²·n_a·n_b / n
 *
 * @param rows row-major, [n, columns]
 */
export function addRows(moments: RunningMoments, rows: ArrayLike<number>): void {
  const columns = moments.mean.length;
  const added = rows.length / columns;
  if (added === 0) return;
  const total = moments.count + added;
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    for (let i = column; i < rows.length; i += columns) sum += rows[i]!;
    const mean = sum / added;
    let squares = 0;
    for (let i = column; i < rows.length; i += columns) squares += (rows[i]! - mean) ** 2;
    const delta = mean - moments.mean[column]!;
    moments.mean[column]! += (delta * added) / total;
    moments.squares[column]! += squares + (delta ** 2 * moments.count * added) / total;
  }
  moments.count = total;
}

/** √(M / n) per column; 1 where all values so far are equal, or there are none. */
export function spreads({ count, squares }: RunningMoments): number[] {
  return Array.from(squares, (sum) => (count > 0 && sum > 0 ? Math.sqrt(sum / count) : 1));
}
