import { populationStabilityIndex, quantileOfSorted } from '@i-drill/numerics';

const bins = 10;

/**
 * The population stability index over fixed bins: the deciles of the reference. Equal deciles (a column with few
 * values) are one edge. The bins never depend on the current data, so that indices of different days compare.
 */
export function stabilityIndex(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const edges = decileEdges(reference);
  return populationStabilityIndex(sharesBetween(edges, reference), sharesBetween(edges, current));
}

function decileEdges(reference: ArrayLike<number>): number[] {
  const deciles = Array.from({ length: bins - 1 }, (_, i) => quantileOfSorted(reference, (i + 1) / bins));
  return [...new Set(deciles)];
}

/** Shares of sorted values in (−∞, e_1], (e_1, e_2], …, (e_k, ∞). */
function sharesBetween(edges: readonly number[], sorted: ArrayLike<number>): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  let bin = 0;
  for (const value of Array.from(sorted)) {
    while (bin < edges.length && value > edges[bin]!) bin++;
    counts[bin]!++;
  }
  return counts.map((count) => count / sorted.length);
}
