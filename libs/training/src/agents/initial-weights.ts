import { denseOffsets, type DenseLayer } from '@i-drill/kernels';
import { normalsAt, uniformsAt } from '@i-drill/numerics';
import { noiseStream } from './noise-streams.js';

/** Which draw of weights it is: a training has several networks. */
export interface WeightDraw {
  readonly seed: number;
  readonly network: number;
}

/**
 * Orthogonal weights times a gain per layer, biases 0 (Saxe, McClelland & Ganguli 2014, ICLR): the shorter side of W is
 * a set of orthonormal vectors, made from normal deviates by modified Gram–Schmidt. Gains of PPO: √2 before an activation,
 * 0.01 for actions, 1 for values (Huang et al. 2022, "The 37 implementation details of PPO", ICLR blog track, 2).
 *
 * @returns in the order of `DenseNetwork.parameters`
 */
export function orthogonalWeights(
  layers: readonly DenseLayer[],
  gains: readonly number[],
  draw: WeightDraw,
): Float32Array {
  const { offsets, size } = denseOffsets(layers);
  const parameters = new Float32Array(size);
  layers.forEach(({ inputs, outputs }, i) => {
    const noise = new Float64Array(inputs * outputs);
    normalsAt(noise, draw.seed, noiseStream('weights', draw.network), i);
    const [long, short] = [Math.max(inputs, outputs), Math.min(inputs, outputs)];
    orthonormalise(noise, long, short);
    for (let k = 0; k < noise.length; k++) {
      const [input, output] = [Math.floor(k / outputs), k % outputs];
      const [vector, component] = inputs >= outputs ? [output, input] : [input, output];
      parameters[offsets[i]! + k] = gains[i]! * noise[vector * long + component]!;
    }
  });
  return parameters;
}

/** Modified Gram–Schmidt on `count` vectors of `length`, one after another. */
function orthonormalise(vectors: Float64Array, length: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const vector = vectors.subarray(i * length, (i + 1) * length);
    for (let before = 0; before < i; before++) {
      const other = vectors.subarray(before * length, (before + 1) * length);
      const along = dot(vector, other);
      for (let k = 0; k < length; k++) vector[k]! -= along * other[k]!;
    }
    const norm = Math.sqrt(dot(vector, vector));
    for (let k = 0; k < length; k++) vector[k]! /= norm;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

/** Weights and biases uniform within ± 1 / √inputs, what PyTorch's linear layers start with and SAC is known with. */
export function uniformWeights(layers: readonly DenseLayer[], draw: WeightDraw): Float32Array {
  const { offsets, size } = denseOffsets(layers);
  const parameters = new Float32Array(size);
  layers.forEach(({ inputs, outputs }, i) => {
    const noise = new Float64Array(inputs * outputs + outputs);
    uniformsAt(noise, draw.seed, noiseStream('weights', draw.network), i);
    noise.forEach((value, k) => {
      parameters[offsets[i]! + k] = (2 * value - 1) / Math.sqrt(inputs);
    });
  });
  return parameters;
}
