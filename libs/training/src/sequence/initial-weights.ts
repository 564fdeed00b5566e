import type { Rng } from '@i-drill/core';
import { normal } from '@i-drill/numerics';

/**
 * The matrix of an LSTM layer to start from, shape [units + inputs + 1, 4·units]: recurrent rows orthonormal (Saxe et al.
 * 2014), kernel rows Glorot-uniform, the bias row 0 except 1 in the forget gate, so that a cell remembers from the start
 * (Gers et al. 2000; Jozefowicz et al. 2015).
 */
export function lstmInitial(inputs: number, units: number, rng: Rng): Float32Array {
  const columns = 4 * units;
  const matrix = new Float32Array((units + inputs + 1) * columns);
  matrix.set(glorotUniform(inputs, columns, rng), units * columns);
  matrix.set(orthonormalRows(units, columns, rng), 0);
  return matrix.fill(1, (units + inputs) * columns + units, (units + inputs) * columns + 2 * units);
}

/** U(−√(6/(in + out)), +√(6/(in + out))) (Glorot & Bengio 2010), shape [rows, columns]. */
export function glorotUniform(rows: number, columns: number, rng: Rng): Float32Array {
  return uniform(rows * columns, Math.sqrt(6 / (rows + columns)), rng);
}

/** U(−√(6/in), +√(6/in)) (He et al. 2015), for what a rectifier follows, shape [rows, columns]. */
export function heUniform(rows: number, columns: number, rng: Rng): Float32Array {
  return uniform(rows * columns, Math.sqrt(6 / rows), rng);
}

function uniform(count: number, limit: number, rng: Rng): Float32Array {
  return Float32Array.from({ length: count }, () => limit * (2 * rng.next() - 1));
}

/** Random directions made orthonormal one after the other (modified Gram-Schmidt). Needs rows <= columns. */
function orthonormalRows(rows: number, columns: number, rng: Rng): Float32Array {
  const basis: Float64Array[] = [];
  for (let row = 0; row < rows; row++) {
    const vector = Float64Array.from({ length: columns }, () => normal(rng));
    for (const other of basis) addScaled(vector, other, -dot(vector, other));
    const length = Math.sqrt(dot(vector, vector));
    basis.push(vector.map((value) => value / length));
  }
  return Float32Array.from(basis.flatMap((vector) => [...vector]));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0);
}

function addScaled(target: Float64Array, direction: Float64Array, factor: number): void {
  for (let index = 0; index < target.length; index++) target[index]! += factor * direction[index]!;
}
