/** Positions of the values that meet a condition. */
export function positionsWhere(
  values: Float64Array,
  condition: (value: number, position: number) => boolean,
): number[] {
  const positions: number[] = [];
  for (let i = 0; i < values.length; i++) if (condition(values[i]!, i)) positions.push(i);
  return positions;
}
