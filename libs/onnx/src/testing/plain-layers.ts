import type { WeightTensor } from '@i-drill/training';

/** Rows of numbers, shape [rows][columns]. */
export type Rows = readonly (readonly number[])[];

/** Reads the weights of one network by name: `at('head.kernel', row, column)`. */
export type WeightReader = (name: string, row: number, column?: number) => number;

/** One number of a weight: `name[row, column]`, or `name[row]` of a list. */
export function weightReader(weights: readonly WeightTensor[]): WeightReader {
  const byName = new Map(weights.map((tensor) => [tensor.name, tensor]));
  return (name, row, column) => {
    const { shape, values } = byName.get(name)!;
    return values[column === undefined ? row : row * shape[1]! + column]!;
  };
}

/** y = x · kernel + bias for each row. */
export function denseRows(x: Rows, at: WeightReader, { name, outputs }: { name: string; outputs: number }): Rows {
  return x.map((row) =>
    Array.from({ length: outputs }, (_, o) =>
      row.reduce((sum, value, i) => sum + value * at(`${name}.kernel`, i, o), at(`${name}.bias`, o)),
    ),
  );
}

/**
 * i, f, o = sigmoid(x·W + h·R + b),  g = tanh(x·W + h·R + b),  c' = f·c + i·g,  h' = o·tanh(c')
 *
 * with gates i, f, g, o side by side in the columns, and R, W, b one below the other in the rows.
 */
export function lstmRows(x: Rows, at: WeightReader, { name, units }: { name: string; units: number }): Rows {
  let hidden = new Array<number>(units).fill(0);
  let cell = new Array<number>(units).fill(0);
  return x.map((row) => {
    const input = [...hidden, ...row, 1];
    const gate = (block: number, u: number): number =>
      input.reduce((sum, value, i) => sum + value * at(`${name}.weights`, i, block * units + u), 0);
    cell = cell.map((c, u) => sigmoid(gate(1, u)) * c + sigmoid(gate(0, u)) * Math.tanh(gate(2, u)));
    hidden = cell.map((c, u) => sigmoid(gate(3, u)) * Math.tanh(c));
    return hidden;
  });
}

/** max(Σ over taps and channels + bias, 0): rows outside the window are 0. */
export function convolutionRows(
  x: Rows,
  at: WeightReader,
  { name, filters, kernelSize }: { name: string; filters: number; kernelSize: number },
): Rows {
  const reach = (kernelSize - 1) / 2;
  return x.map((_, t) =>
    Array.from({ length: filters }, (__, filter) => {
      let sum = at(`${name}.bias`, filter);
      for (let tap = 0; tap < kernelSize; tap++) {
        const row = x[t + tap - reach] ?? [];
        for (const [c, value] of row.entries()) sum += value * at(`${name}.kernel`, tap * row.length + c, filter);
      }
      return Math.max(sum, 0);
    }),
  );
}

/** The larger of rows 0 and 1, of rows 2 and 3, …; an odd last row stays. */
export function pooledRows(x: Rows): Rows {
  return x.flatMap((row, t) => (t % 2 === 1 ? [] : [row.map((value, c) => Math.max(value, x[t + 1]?.[c] ?? value))]));
}

/** (x − mean) / √(variance + 1e-5) · gain + shift of each row. */
export function normalisedRows(x: Rows, at: WeightReader, name: string): Rows {
  return x.map((row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
    return row.map(
      (value, i) => ((value - mean) / Math.sqrt(variance + 1e-5)) * at(`${name}.gain`, i) + at(`${name}.shift`, i),
    );
  });
}

/** softmax(q · k / √d) · v, head by head, of rows that hold q, k and v side by side. */
export function attendedRows(projected: Rows, width: number, heads: number): Rows {
  const size = width / heads;
  return projected.map((query) =>
    Array.from({ length: width }, (_, column) => {
      const head = Math.floor(column / size) * size;
      const scores = projected.map((key) => {
        let score = 0;
        for (let i = 0; i < size; i++) score += query[head + i]! * key[width + head + i]!;
        return score / Math.sqrt(size);
      });
      const shares = softmax(scores);
      return projected.reduce((sum, row, t) => sum + shares[t]! * row[2 * width + column]!, 0);
    }),
  );
}

/** Shares that add up to 1. */
export function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
