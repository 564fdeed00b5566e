/** What one window looks like, and how many a request may bring. */
export interface WindowShape {
  /** Rows per window. */
  readonly length: number;
  /** Values per row. */
  readonly features: number;
  readonly maxWindows: number;
}

interface Cursor {
  readonly values: Float64Array;
  next: number;
}

/**
 * Nested lists [N, T, F] as one row-major array, or a sentence that names the first place where they are not that.
 *
 * @param path how the caller's JSON names the value, for the sentence
 * @param suffix what follows the index of a window in that name
 */
export function flattenWindows(
  value: unknown,
  path: string,
  shape: WindowShape,
  suffix = '',
): { inputs: Float64Array; count: number } | string {
  const { length, features, maxWindows } = shape;
  if (!Array.isArray(value)) return `${path} must be a tensor [-1, ${length}, ${features}], not ${kindOf(value)}`;
  const windows: readonly unknown[] = value;
  if (windows.length === 0) return `${path} holds no window; send at least one`;
  if (windows.length > maxWindows) return `${path} holds ${windows.length} windows; at most ${maxWindows} per request`;

  const cursor: Cursor = { values: new Float64Array(windows.length * length * features), next: 0 };
  for (const [i, window] of windows.entries()) {
    const problem = copyWindow(window, `${path}[${i}]${suffix}`, shape, cursor);
    if (problem !== undefined) return problem;
  }
  return { inputs: cursor.values, count: windows.length };
}

function copyWindow(window: unknown, path: string, shape: WindowShape, cursor: Cursor): string | undefined {
  const problem = lengthProblem(window, path, shape.length, `rows (a window is [${shape.length}, ${shape.features}])`);
  if (problem !== undefined) return problem;
  for (const [t, row] of (window as readonly unknown[]).entries()) {
    const rowProblem =
      lengthProblem(row, `${path}[${t}]`, shape.features, 'values') ??
      copyRow(row as readonly unknown[], `${path}[${t}]`, cursor);
    if (rowProblem !== undefined) return rowProblem;
  }
  return undefined;
}

function copyRow(row: readonly unknown[], path: string, cursor: Cursor): string | undefined {
  for (const [f, value] of row.entries()) {
    // A double beyond the range of float32 would reach the model as infinity.
    if (typeof value !== 'number' || !Number.isFinite(Math.fround(value))) {
      return `${path}[${f}] is ${kindOf(value)}; every value of a window must be a finite number`;
    }
    cursor.values[cursor.next++] = value;
  }
  return undefined;
}

function lengthProblem(value: unknown, path: string, expected: number, what: string): string | undefined {
  if (!Array.isArray(value)) return `${path} is ${kindOf(value)}, not a list of ${expected} ${what}`;
  if (value.length === expected) return undefined;
  return `${path} has ${value.length}, expected ${expected} ${what}`;
}

/** Never the value itself: what a caller sent does not come back in a message, but for numbers out of range. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return String(value);
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
