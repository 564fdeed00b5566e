/** Where two values differ. */
export interface Difference {
  /** For example `settings.loss.0.type`. */
  readonly path: string;
  readonly left: unknown;
  readonly right: unknown;
}

/** The first place where two values as JSON knows them differ; entries that are undefined count as absent, −0 as 0. */
export function firstDifference(left: unknown, right: unknown, path: readonly string[] = []): Difference | undefined {
  if (!isContainer(left) || !isContainer(right)) {
    return left === right || Object.is(left, right) ? undefined : { path: path.join('.'), left, right };
  }
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const difference = firstDifference(left[key], right[key], [...path, key]);
    if (difference) return difference;
  }
  return undefined;
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
