/** A bin nobody fell into counts as this share: the index of an empty bin would be infinite. */
const smallestShare = 1e-4;

/**
 * The population stability index over bins (the symmetric Kullback–Leibler divergence of Jeffreys):
 *
 *   PSI = Σ (actual − expected)·ln(actual / expected)
 *
 * Shares below 0.0001 count as 0.0001, so that an empty bin adds a large, finite amount. Common reading in credit
 * scoring: below 0.1 stable, above 0.25 changed. It says nothing of chance: with n rows and B bins its mean under no
 * change is about (B − 1)·(1/n + 1/m).
 *
 * @example
 * ```ts
 * import { populationStabilityIndex } from '@i-drill/numerics';
 * populationStabilityIndex([0.5, 0.5], [0.5, 0.5]); // => 0
 * populationStabilityIndex([0.5, 0.5], [0.25, 0.75]).toFixed(4); // => '0.2747'
 * ```
 */
export function populationStabilityIndex(expectedShares: ArrayLike<number>, actualShares: ArrayLike<number>): number {
  if (expectedShares.length !== actualShares.length) {
    throw new RangeError(
      `Cannot compare shares: ${expectedShares.length} and ${actualShares.length} bins; use the same bins for both`,
    );
  }
  let index = 0;
  for (let i = 0; i < expectedShares.length; i++) {
    const expected = Math.max(expectedShares[i]!, smallestShare);
    const actual = Math.max(actualShares[i]!, smallestShare);
    index += (actual - expected) * Math.log(actual / expected);
  }
  return index;
}
