import type { Value } from '../graph/graph-writer.js';
import type { NetworkWriter } from '../graph/network-writer.js';

/** Added to the variance; the same number as in training. */
const epsilon = 1e-5;

/** (x − mean) / √(variance + ε) · gain + shift for rows x of shape [..., width] (operator LayerNormalization). */
export function layerNorm(network: NetworkWriter, x: Value, name: string, width: number): Value {
  const weights = [network.weight(`${name}.gain`, [width]), network.weight(`${name}.shift`, [width])];
  return network.add('LayerNormalization', [x, ...weights], `${name}.output`, {
    axis: -1,
    epsilon: { float: epsilon },
  });
}
