/** Throws unless the values are in ascending order, hold no NaN and are not empty: one pass before the kernels. */
export function requireSorted(values: ArrayLike<number>, action: string): void {
  if (values.length === 0) throw new RangeError(`Cannot ${action}: a sample has 0 values; give at least 1`);
  for (let i = 0; i < values.length; i++) {
    const previous = i === 0 ? -Infinity : values[i - 1]!;
    if (!(previous <= values[i]!)) {
      throw new RangeError(`Cannot ${action}: value ${values[i]} at ${i} is out of order; sort and leave out NaN`);
    }
  }
}
