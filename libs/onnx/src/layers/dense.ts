import type { Value } from '../graph/graph-writer.js';
import type { NetworkWriter } from '../graph/network-writer.js';

/** Name and widths of a dense layer. */
export interface DenseLayer {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
}

/** y = x · kernel + bias for rows x of shape [rows, inputs]. */
export function dense(network: NetworkWriter, x: Value, { name, inputs, outputs }: DenseLayer): Value {
  const weights = [network.weight(`${name}.kernel`, [inputs, outputs]), network.weight(`${name}.bias`, [outputs])];
  return network.add('Gemm', [x, ...weights], `${name}.output`);
}
