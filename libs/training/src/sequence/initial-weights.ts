import type { Rng } from '@i-drill/core';
import { normal } from '@i-drill/numerics';
import type { LstmLayerWeights, LstmWeights } from './lstm-weights.js';

/** The size of a network. */
export interface NetworkShape {
  readonly features: number;
  readonly hiddenSize: number;
  readonly numLayers: number;
}

/**
 * Weights to start from. Kernels are Glorot-uniform, U(−√(6/(in + out)), +√(6/(in + out))) (Glorot & Bengio 2010); recurrent
 * matrices have orthonormal rows (Saxe et al. 2014); biases are 0, except 1 in the forget gate, so that a cell remembers
 * from the start (Gers et al. 2000; Jozefowicz et al. 2015).
 */
export function initialWeights({ features, hiddenSize, numLayers }: NetworkShape, rng: Rng): LstmWeights {
  const layers = Array.from({ length: numLayers }, (_, layer) =>
    initialLayer(layer === 0 ? features : hiddenSize, hiddenSize, rng),
  );
  return { layers, head: { kernel: glorotUniform(hiddenSize, 1, rng), bias: new Float32Array(1) } };
}

function initialLayer(inputs: number, units: number, rng: Rng): LstmLayerWeights {
  const kernel = glorotUniform(inputs, 4 * units, rng);
  const recurrent = orthonormalRows(units, 4 * units, rng);
  const bias = new Float32Array(4 * units).fill(1, units, 2 * units);
  return { inputs, units, kernel, recurrent, bias };
}

function glorotUniform(rows: number, columns: number, rng: Rng): Float32Array {
  const limit = Math.sqrt(6 / (rows + columns));
  return Float32Array.from({ length: rows * columns }, () => limit * (2 * rng.next() - 1));
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
