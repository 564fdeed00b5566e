/** Throws where two lists do not belong together. */
export function requirePairs(actual: ArrayLike<number>, predicted: ArrayLike<number>): void {
  if (actual.length === predicted.length) return;
  throw new RangeError(
    `Cannot compare predictions with the truth: ${predicted.length} predictions for ${actual.length} values; give one each`,
  );
}
