/** Numbers from one index of each axis to the next in a row-major tensor. */
export function strides(shape: readonly number[]): number[] {
  const result = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) result[axis] = result[axis + 1]! * shape[axis + 1]!;
  return result;
}

/** An axis of a copy: how long it is, and how far apart its values lie where they come from and where they go. */
export interface CopyAxis {
  readonly size: number;
  readonly from: number;
  readonly to: number;
}

/** A copy with as few axes as possible: axes of size 1 dropped, and two made one where both sides run on. */
export function mergedAxes(axes: readonly CopyAxis[]): CopyAxis[] {
  const merged: CopyAxis[] = [];
  for (const axis of axes) {
    const outer = merged.at(-1);
    if (axis.size === 1) continue;
    const runsOn = outer?.from === axis.size * axis.from && outer.to === axis.size * axis.to;
    if (outer && runsOn) merged[merged.length - 1] = { ...axis, size: outer.size * axis.size };
    else merged.push(axis);
  }
  return merged;
}
