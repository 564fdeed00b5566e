import { countsPerUnit } from './conformal-quantile.js';

/** What bins are made from. */
export interface BinnedSample {
  readonly predictions: ArrayLike<number>;
  /** Any number that is the same for windows of one unit, shape [windows]. */
  readonly unitOf: ArrayLike<number>;
}

/** How fine bins may be. */
export interface BinLimits {
  readonly maximumBins: number;
  /** Units every bin must have where there is more than one. */
  readonly unitsPerBin: number;
}

/**
 * Edges between bins of about equally many predictions, as many bins as the sample carries: the largest number of them, up
 * to `maximumBins`, in which every bin holds windows of at least `unitsPerBin` units. No edge: one bin.
 */
export function predictionEdges({ predictions, unitOf }: BinnedSample, limits: BinLimits): number[] {
  const sorted = Float64Array.from(predictions).sort();
  for (let bins = limits.maximumBins; bins > 1; bins--) {
    const edges = equalCountEdges(sorted, bins);
    const units = unitsPerBin({ predictions, unitOf }, edges);
    if (edges.length > 0 && units.every((count) => count >= limits.unitsPerBin)) return edges;
  }
  return [];
}

/** Equal predictions share a bin, so where many are equal (a label cap) there are fewer edges. */
function equalCountEdges(sorted: Float64Array, bins: number): number[] {
  const edges = new Set<number>();
  for (let bin = 1; bin < bins; bin++) edges.add(sorted[Math.floor((bin * sorted.length) / bins)]!);
  edges.delete(sorted[0]!); // nothing lies below it
  return [...edges];
}

function unitsPerBin({ predictions, unitOf }: BinnedSample, edges: readonly number[]): number[] {
  const unitsOfBin = Array.from({ length: edges.length + 1 }, () => [] as number[]);
  for (let i = 0; i < predictions.length; i++) unitsOfBin[binOf(predictions[i]!, edges)]!.push(unitOf[i]!);
  return unitsOfBin.map((units) => countsPerUnit(units).size);
}

/** Number of the bin a prediction falls into; one that is equal to an edge is in the bin above it. */
export function binOf(prediction: number, edges: readonly number[]): number {
  const above = edges.findIndex((edge) => prediction < edge);
  return above < 0 ? edges.length : above;
}
