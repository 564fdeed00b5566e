import { normal } from '@i-drill/numerics';
import type { ParameterSpec } from './network.js';

/**
 * A row per step that tells the steps apart, learned with the network: shape [T, D], from N(0, 0.02²) to begin with
 * (Devlin et al. 2019).
 */
export function learnedPositions(steps: number, width: number): ParameterSpec {
  return {
    name: 'positions',
    shape: [steps, width],
    initial: (rng) => Float32Array.from({ length: steps * width }, () => 0.02 * normal(rng)),
    decays: false,
  };
}

/**
 * Fixed positions (Vaswani et al. 2017, §3.5), row-major, shape [T, D]:
 *
 *   p[t, 2i] = sin(t / 10000^(2i / D)),  p[t, 2i + 1] = cos(t / 10000^(2i / D))
 *
 * t counts from the first row of the window.
 */
export function sinusoidalPositions(steps: number, width: number): Float32Array {
  const table = new Float32Array(steps * width);
  for (let t = 0; t < steps; t++) {
    for (let column = 0; column < width; column++) {
      const angle = t / 10000 ** ((column - (column % 2)) / width);
      table[t * width + column] = column % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }
  }
  return table;
}
