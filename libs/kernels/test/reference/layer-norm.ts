/** What a plain layer normalisation reads: x [rows, columns], gain and shift [columns]. */
export interface PlainLayerNorm {
  readonly x: ArrayLike<number>;
  readonly gain: ArrayLike<number>;
  readonly shift: ArrayLike<number>;
  readonly epsilon: number;
}

/** Layer normalisation by its formula, in float64: the oracle of `layerNormForward`. */
export function plainLayerNorm({ x, gain, shift, epsilon }: PlainLayerNorm): Float64Array {
  const columns = gain.length;
  const y = new Float64Array(x.length);
  for (let start = 0; start < x.length; start += columns) {
    const row = Array.from({ length: columns }, (_, column) => x[start + column]!);
    const mean = row.reduce((sum, value) => sum + value, 0) / columns;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / columns;
    row.forEach((value, column) => {
      y[start + column] = ((value - mean) / Math.sqrt(variance + epsilon)) * gain[column]! + shift[column]!;
    });
  }
  return y;
}
