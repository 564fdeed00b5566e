/**
 * How far the exported model may be from the trained one, in target units: 1e-4. Single precision alone is 8e-6 at a
 * value of 100, so a target whose values go into the thousands needs another unit.
 */
export const exportTolerance = 1e-4;

/**
 * Largest absolute difference of two outputs, element by element. A NaN on either side is infinitely far away, so that
 * it can never pass a tolerance; two empty outputs differ by 0.
 *
 * @throws RangeError when the lengths differ.
 *
 * @example
 * ```ts
 * import { largestDifference } from '@i-drill/onnx';
 * largestDifference(Float32Array.of(1, 2), Float32Array.of(1, 2.5)); // => 0.5
 * largestDifference(Float32Array.of(NaN), Float32Array.of(NaN)); // => Infinity
 * ```
 */
export function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) throw new RangeError(`Cannot compare ${a.length} values with ${b.length} values`);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = a[i] === b[i] ? 0 : Math.abs(a[i]! - b[i]!); // equal infinities differ by 0
    if (Number.isNaN(difference)) return Infinity;
    if (difference > largest) largest = difference;
  }
  return largest;
}
