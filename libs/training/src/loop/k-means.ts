import type { Rng } from '@i-drill/core';

/** A partition of points into clusters. */
export interface Clustering {
  /** Mean of each cluster, shape [K][S]. */
  readonly centres: readonly Float64Array[];
  /** Cluster of each point, shape [N]. */
  readonly clusterOf: Int32Array;
  /** Σ_i ‖x_i − centre of its cluster‖². */
  readonly squaredError: number;
}

/** Points as one row-major block. */
export interface Points {
  /** Shape [N, S]. */
  readonly values: Float64Array;
  readonly count: number;
  readonly dimensions: number;
}

/** How clusters are sought. */
export interface KMeansOptions {
  readonly clusters: number;
  /** Starts, of which the best is kept: one may end in a poor local optimum. */
  readonly starts: number;
  readonly rng: Rng;
}

/** Lloyd's steps end when no point changes its cluster, at the latest after this many. */
const stepLimit = 100;

/**
 * k-means: Lloyd's iterations (1982) from centres seeded by k-means++ (Arthur & Vassilvitskii 2007): each further centre
 * is a point drawn with probability in proportion to its squared distance from the nearest centre so far.
 */
export function kMeans(points: Points, { clusters, starts, rng }: KMeansOptions): Clustering {
  let best = lloyd(points, seedCentres(points, clusters, rng));
  for (let start = 1; start < starts; start++) {
    const other = lloyd(points, seedCentres(points, clusters, rng));
    if (other.squaredError < best.squaredError) best = other;
  }
  return best;
}

function seedCentres(points: Points, clusters: number, rng: Rng): Float64Array[] {
  const pointAt = (index: number): Float64Array =>
    points.values.slice(index * points.dimensions, (index + 1) * points.dimensions);
  const centres = [pointAt(Math.floor(rng.next() * points.count))];
  const nearest = new Float64Array(points.count).fill(Number.POSITIVE_INFINITY);
  while (centres.length < clusters) {
    const latest = centres.at(-1)!;
    let sum = 0;
    for (let i = 0; i < points.count; i++) {
      nearest[i] = Math.min(nearest[i]!, squaredDistance(points, i, latest));
      sum += nearest[i]!;
    }
    centres.push(pointAt(drawIndex(nearest, rng.next() * sum)));
  }
  return centres;
}

/** The first index at which the running sum of the weights passes a threshold. */
function drawIndex(weights: Float64Array, threshold: number): number {
  let left = threshold;
  const index = weights.findIndex((weight) => (left -= weight) < 0);
  return index < 0 ? weights.length - 1 : index;
}

function lloyd(points: Points, seeds: readonly Float64Array[]): Clustering {
  let centres = seeds;
  let assigned = assign(points, centres);
  for (let step = 0; step < stepLimit; step++) {
    centres = meansOf(points, assigned.clusterOf, centres);
    const next = assign(points, centres);
    const isSettled = next.clusterOf.every((cluster, i) => cluster === assigned.clusterOf[i]);
    assigned = next;
    if (isSettled) break;
  }
  return { centres, ...assigned };
}

function assign(points: Points, centres: readonly Float64Array[]): Omit<Clustering, 'centres'> {
  const clusterOf = new Int32Array(points.count);
  let squaredError = 0;
  for (let i = 0; i < points.count; i++) {
    let nearest = Number.POSITIVE_INFINITY;
    for (let k = 0; k < centres.length; k++) {
      const distance = squaredDistance(points, i, centres[k]!);
      if (distance < nearest) {
        nearest = distance;
        clusterOf[i] = k;
      }
    }
    squaredError += nearest;
  }
  return { clusterOf, squaredError };
}

/** Means of the clusters; one without a point stays where it is. */
function meansOf(points: Points, clusterOf: Int32Array, before: readonly Float64Array[]): Float64Array[] {
  const { count, dimensions, values } = points;
  const sums = before.map(() => new Float64Array(dimensions));
  const sizes = new Float64Array(before.length);
  for (let i = 0; i < count; i++) {
    const k = clusterOf[i]!;
    sizes[k]! += 1;
    for (let s = 0; s < dimensions; s++) sums[k]![s]! += values[i * dimensions + s]!;
  }
  return sums.map((sum, k) => (sizes[k] === 0 ? before[k]! : sum.map((total) => total / sizes[k]!)));
}

function squaredDistance({ values, dimensions }: Points, index: number, centre: Float64Array): number {
  let sum = 0;
  for (let s = 0; s < dimensions; s++) sum += (values[index * dimensions + s]! - centre[s]!) ** 2;
  return sum;
}
