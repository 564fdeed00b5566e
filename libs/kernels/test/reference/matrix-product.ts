/** What a plain product reads. */
export interface PlainProduct {
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** C = A·B by its definition, in float64: the oracle of `multiplyMatrices`. */
export function plainProduct({ a, b, rows, columns, depth, transposeA, transposeB }: PlainProduct): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    let sum = 0;
    for (let k = 0; k < depth; k++) {
      const left = a[transposeA ? k * rows + row : row * depth + k]!;
      sum += left * b[transposeB ? column * depth + k : k * columns + column]!;
    }
    return sum;
  });
}
