/** Derivatives of a function of an array by central differences, in float64. */
export function finiteDifferences(x: ArrayLike<number>, f: (x: Float64Array) => number, step = 1e-5): Float64Array {
  const at = Float64Array.from(x);
  return at.map((value, index) => {
    const side = (sign: number): number => f(at.with(index, value + sign * step));
    return (side(1) - side(-1)) / (2 * step);
  });
}
