import type { CnnLstmArchitecture } from '@i-drill/training';
import type { Value } from '../graph/graph-writer.js';
import type { NetworkWriter } from '../graph/network-writer.js';
import { convolution, poolPairs } from '../layers/convolution.js';
import { dense } from '../layers/dense.js';
import { lstmStack } from './lstm-network.js';
import type { NetworkInput } from './network-input.js';

/**
 * [N, T, F] -> [N, F, T] -> convolutions, each with its pooling over pairs of steps, [N, filters, ⌈T / 2ⁿ⌉]
 *   -> [⌈T / 2ⁿ⌉, N, filters] -> LSTM layers -> last state [N, U] -> head [N, O]
 */
export function cnnLstmNetwork(network: NetworkWriter, architecture: CnnLstmArchitecture, input: NetworkInput): Value {
  const { filters, kernelSize, convolutions, hiddenSize } = architecture;
  let channels = network.add('Transpose', [input.windows], 'channels', { perm: [0, 2, 1] });
  let width = input.features;
  let steps = input.steps;
  for (let index = 0; index < convolutions; index++) {
    const name = `conv${index}`;
    const rectified = convolution(network, channels, { name, kernelSize, channels: width, filters });
    channels = poolPairs(network, rectified, { name: `${name}.pooled`, steps });
    width = filters;
    steps = Math.ceil(steps / 2);
  }
  const sequence = network.add('Transpose', [channels], 'sequence', { perm: [2, 0, 1] });
  const last = lstmStack(network, sequence, { ...architecture, inputs: width });
  return dense(network, last, { name: 'head', inputs: hiddenSize, outputs: input.outputs });
}
