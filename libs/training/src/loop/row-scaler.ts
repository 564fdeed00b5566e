import type { Preprocessing, Regimes, StandardScaler } from '@i-drill/core';

/** Scales the row of `from` that begins at `start` and writes it into `to` from `at` on. */
export type RowScaler = (from: Float32Array, start: number, to: Float32Array, at: number) => void;

/**
 * z = (x − mean) · (1 / scale), in double precision; with regimes by the scaler of the row's own regime. Reciprocals are
 * taken once: a division per value would be half of the time of a batch.
 */
export function rowScaler({ featureScaler, regimes }: Preprocessing): RowScaler {
  if (regimes === undefined) return scalerOf(featureScaler);
  const scalers = regimes.scalers.map(scalerOf);
  const regimeOf = regimeFinder(regimes);
  return (from, start, to, at) => {
    scalers[regimeOf(from, start)]!(from, start, to, at);
  };
}

/**
 * A function that gives the regime of the row that begins at an index: the nearest centre,
 * argmin_k Σ_s ((x_s − centre_ks) / conditionScale_s)², the first one at a tie.
 */
export function regimeFinder({
  conditionFeatures,
  conditionScale,
  centres,
}: Pick<Regimes, 'conditionFeatures' | 'conditionScale' | 'centres'>): (
  rows: Float32Array | Float64Array,
  start: number,
) => number {
  const columns = Int32Array.from(conditionFeatures);
  const weights = Float64Array.from(conditionScale, (scale) => 1 / (scale * scale));
  const flatCentres = Float64Array.from(centres.flat()); // [K · S]
  return (rows, start) => {
    let nearest = 0;
    let nearestDistance = Number.POSITIVE_INFINITY;
    for (let k = 0; k < centres.length; k++) {
      let distance = 0;
      for (let s = 0; s < columns.length; s++) {
        const difference = rows[start + columns[s]!]! - flatCentres[k * columns.length + s]!;
        distance += difference * difference * weights[s]!;
      }
      if (distance < nearestDistance) {
        nearestDistance = distance;
        nearest = k;
      }
    }
    return nearest;
  };
}

function scalerOf({ mean, scale }: StandardScaler): RowScaler {
  const means = Float64Array.from(mean);
  const factors = Float64Array.from(scale, (value) => 1 / value);
  return (from, start, to, at) => {
    for (let column = 0; column < means.length; column++) {
      to[at + column] = (from[start + column]! - means[column]!) * factors[column]!;
    }
  };
}
