import type { Value } from '../graph/graph-writer.js';
import type { NetworkWriter } from '../graph/network-writer.js';

/** Name and sizes of a convolution over time. */
export interface ConvolutionLayer {
  readonly name: string;
  /** Steps it sees, odd. */
  readonly kernelSize: number;
  readonly channels: number;
  readonly filters: number;
}

/**
 * max(x * kernel + bias, 0) over time, zeros before the first and after the last step, as many steps out as in
 * (operator Conv with one spatial axis).
 *
 * Trained is a matrix [kernelSize · channels, filters], rows by step, then channel; ONNX wants [filters, channels, kernelSize].
 *
 * @param x shape [N, channels, T]
 * @returns shape [N, filters, T]
 */
export function convolution(network: NetworkWriter, x: Value, layer: ConvolutionLayer): Value {
  const { name, kernelSize, channels, filters } = layer;
  const trained = network.values(`${name}.kernel`, [kernelSize * channels, filters]);
  const kernel = network.graph.constant(`${name}.W`, filterRows(trained, layer), [filters, channels, kernelSize]);
  const padding = (kernelSize - 1) / 2;
  const filtered = network.add('Conv', [x, kernel, network.weight(`${name}.bias`, [filters])], `${name}.filtered`, {
    kernel_shape: [kernelSize],
    pads: [padding, padding],
  });
  return network.add('Relu', [filtered], `${name}.output`);
}

/** [kernelSize · channels, filters] -> [filters, channels, kernelSize] */
function filterRows(trained: Float32Array, { kernelSize, channels, filters }: ConvolutionLayer): Float32Array {
  return Float32Array.from({ length: trained.length }, (_, target) => {
    const step = target % kernelSize;
    const channel = Math.floor(target / kernelSize) % channels;
    const filter = Math.floor(target / kernelSize / channels);
    return trained[(step * channels + channel) * filters + filter]!;
  });
}

/**
 * The larger of every two steps, [N, C, T] -> [N, C, ⌈T / 2⌉]; an odd last step is kept alone: what the operator pads with
 * loses against every number.
 */
export function poolPairs({ graph }: NetworkWriter, x: Value, { name, steps }: { name: string; steps: number }): Value {
  return graph.add('MaxPool', [x], name, { kernel_shape: [2], strides: [2], pads: [0, steps % 2] });
}
