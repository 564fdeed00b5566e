import type { TransformerArchitecture } from '@i-drill/training';
import type { Value } from '../graph/graph-writer.js';
import type { NetworkWriter } from '../graph/network-writer.js';
import { attention } from '../layers/attention.js';
import { dense } from '../layers/dense.js';
import { layerNorm } from '../layers/layer-norm.js';
import { sinusoidalPositions } from '../layers/positions.js';
import type { NetworkInput } from './network-input.js';

/**
 * Tokens [N, T, D] = windows · kernel + bias + positions, blocks of attention and feed-forward with what they read
 * normalised (pre-norm), a last normalisation, the mean over the steps [N, D], the head [N, O].
 */
export function transformerNetwork(
  network: NetworkWriter,
  architecture: TransformerArchitecture,
  { windows, steps, features, outputs }: NetworkInput,
): Value {
  const { modelSize, numLayers } = architecture;
  const rows = network.add('Reshape', [windows, network.graph.integers(-1, features)], 'rows'); // [N · T, F]
  const embedded = dense(network, rows, { name: 'embed', inputs: features, outputs: modelSize });
  const inSteps = network.graph.integers(-1, steps, modelSize);
  const apart = network.add('Reshape', [embedded, inSteps], 'steps_apart');
  const placed = network.add('Add', [apart, positions(network, architecture, steps)], 'placed');
  let tokens = network.add('Reshape', [placed, network.graph.integers(-1, modelSize)], 'tokens'); // [N · T, D]
  for (let index = 0; index < numLayers; index++) {
    const block = { name: `block${index}`, steps, architecture };
    tokens = feedForward(network, attended(network, tokens, block), block);
  }
  const normalised = network.add('Reshape', [layerNorm(network, tokens, 'norm', modelSize), inSteps], 'encoded');
  const pooled = network.add('ReduceMean', [normalised], 'pooled', { axes: [1], keepdims: 0 });
  return dense(network, pooled, { name: 'head', inputs: modelSize, outputs });
}

interface Block {
  readonly name: string;
  readonly steps: number;
  readonly architecture: TransformerArchitecture;
}

/** A row per step, [T, D]. */
function positions(network: NetworkWriter, architecture: TransformerArchitecture, steps: number): Value {
  const { modelSize } = architecture;
  return architecture.positions === 'learned'
    ? network.weight('positions', [steps, modelSize])
    : network.graph.constant('positions', sinusoidalPositions(steps, modelSize), [steps, modelSize]);
}

/** x + attention(norm(x)), [N, T, D]. */
function attended(network: NetworkWriter, tokens: Value, { name, steps, architecture }: Block): Value {
  const { modelSize: width, heads } = architecture;
  const normalised = layerNorm(network, tokens, `${name}.norm1`, width);
  const projected = dense(network, normalised, { name: `${name}.qkv`, inputs: width, outputs: 3 * width });
  const heard = attention(network, projected, { name: `${name}.attention`, steps, width, heads });
  const change = dense(network, heard, { name: `${name}.out`, inputs: width, outputs: width });
  return network.add('Add', [tokens, change], `${name}.attended`);
}

/** x + max(norm(x) · up, 0) · down, biases not shown, [N, T, D]. */
function feedForward(network: NetworkWriter, tokens: Value, { name, architecture }: Block): Value {
  const { modelSize: width, feedForwardSize } = architecture;
  const normalised = layerNorm(network, tokens, `${name}.norm2`, width);
  const up = dense(network, normalised, { name: `${name}.up`, inputs: width, outputs: feedForwardSize });
  const rectified = network.add('Relu', [up], `${name}.rectified`);
  const change = dense(network, rectified, { name: `${name}.down`, inputs: feedForwardSize, outputs: width });
  return network.add('Add', [tokens, change], `${name}.output`);
}
