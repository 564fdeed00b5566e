import type { Regimes, Rng, StandardScaler } from '@i-drill/core';
import { createRng, mean, shuffle } from '@i-drill/numerics';
import { columnOf, type FeatureRows } from './feature-rows.js';
import { fitScaler } from './fit-scaler.js';
import { kMeans, type Clustering, type Points } from './k-means.js';
import { regimeFinder } from './row-scaler.js';

/** Which regimes are sought, and when they count as found. */
export interface RegimeOptions {
  /** Most regimes that are tried. */
  readonly most: number;
  /** Share of the variance of the condition features that the regimes must explain. */
  readonly explained: number;
  /** Smaller regimes than this share of the rows are no regime but outliers. */
  readonly smallest: number;
  readonly seed: number;
}

/**
 * Operating conditions are a few set points, each held closely: regimes that leave 0.1 % of the variance describe such
 * data. Values that vary freely never come near (k equal pieces of an interval leave 1/k²: 1.6 % at k = 8), so that they
 * are left as one regime. At 99 % five regimes would do for the six conditions of C-MAPSS, two of which are close.
 */
export const regimeDefaults: RegimeOptions = { most: 8, explained: 0.999, smallest: 0.01, seed: 1 };

/** Rows that k-means looks at; set points show in far fewer than all rows. */
const sampleSize = 4096;
const starts = 10;

/** Regimes without the scalers of their rows. */
export type FoundRegimes = Omit<Regimes, 'scalers'>;

/**
 * Finds the operating conditions of rows: the smallest number K of clusters (k-means on standardised condition features)
 * with
 *
 *   1 − Σ_i ‖z_i − c(i)‖² / Σ_i ‖z_i − z̄‖² ≥ explained
 *
 * Centres are means over all rows of a regime, in ascending order of the first condition feature, then the next.
 *
 * @returns nothing when one regime is enough (constant conditions) or no number up to `most` will do
 */
export function findRegimes(
  rows: FeatureRows,
  conditionFeatures: readonly number[],
  options: RegimeOptions = regimeDefaults,
): FoundRegimes | undefined {
  if (rows.count === 0 || conditionFeatures.length === 0) return undefined;
  const columns = conditionFeatures.map((feature) => columnOf(rows, feature));
  const scaler = fitScaler(columns);
  const rng = createRng(options.seed);
  const points = standardised(columns, scaler, sampleOf(rows.count, rng));
  const { squaredError: total } = kMeans(points, { clusters: 1, starts: 1, rng });
  if (total === 0) return undefined;
  for (let clusters = 2; clusters <= Math.min(options.most, points.count); clusters++) {
    const found = kMeans(points, { clusters, starts, rng });
    if (found.squaredError > (1 - options.explained) * total) continue;
    if (smallestShare(found) < options.smallest) return undefined;
    const centres = found.centres.map((centre) => unscaledPoint(centre, scaler));
    return withMeanCentres(rows, { conditionFeatures, conditionScale: scaler.scale, centres });
  }
  return undefined;
}

/** The rows of each regime, by row number. */
export function rowsByRegime({ values, count, width }: FeatureRows, regimes: FoundRegimes): Int32Array[] {
  const regimeOf = regimeFinder(regimes);
  const rows = regimes.centres.map((): number[] => []);
  for (let row = 0; row < count; row++) rows[regimeOf(values, row * width)]!.push(row);
  return rows.map((numbers) => Int32Array.from(numbers));
}

function sampleOf(count: number, rng: Rng): Int32Array {
  const all = Array.from({ length: count }, (_, row) => row);
  return Int32Array.from(count <= sampleSize ? all : shuffle(all, rng).slice(0, sampleSize));
}

function standardised(columns: readonly Float64Array[], { mean, scale }: StandardScaler, sample: Int32Array): Points {
  const dimensions = columns.length;
  const values = new Float64Array(sample.length * dimensions);
  for (let i = 0; i < sample.length; i++) {
    for (let s = 0; s < dimensions; s++) {
      values[i * dimensions + s] = (columns[s]![sample[i]!]! - mean[s]!) / scale[s]!;
    }
  }
  return { values, count: sample.length, dimensions };
}

function smallestShare({ centres, clusterOf }: Clustering): number {
  const sizes = new Float64Array(centres.length);
  for (const cluster of clusterOf) sizes[cluster]! += 1;
  return Math.min(...sizes) / clusterOf.length;
}

function unscaledPoint(point: Float64Array, { mean, scale }: StandardScaler): number[] {
  return Array.from(point, (z, s) => mean[s]! + scale[s]! * z);
}

function withMeanCentres(rows: FeatureRows, found: FoundRegimes): FoundRegimes {
  const centres = rowsByRegime(rows, found).map((numbers) =>
    found.conditionFeatures.map((feature) => mean(columnOf(rows, feature, numbers))),
  );
  return { ...found, centres: centres.sort(inLexicalOrder) };
}

function inLexicalOrder(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((value, s) => value !== b[s]);
  return differing < 0 ? 0 : a[differing]! - b[differing]!;
}
