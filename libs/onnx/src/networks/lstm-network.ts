import type { LstmArchitecture } from '@i-drill/training';
import type { Value } from '../graph/graph-writer.js';
import type { NetworkWriter } from '../graph/network-writer.js';
import { dense } from '../layers/dense.js';
import { lstmLayer } from '../layers/lstm.js';
import type { NetworkInput } from './network-input.js';

/** [N, T, F] -> [T, N, F] -> LSTM layers -> last state [N, U] -> head [N, O]. */
export function lstmNetwork(network: NetworkWriter, architecture: LstmArchitecture, input: NetworkInput): Value {
  const sequence = network.add('Transpose', [input.windows], 'sequence', { perm: [1, 0, 2] });
  const last = lstmStack(network, sequence, { ...architecture, inputs: input.features });
  return dense(network, last, { name: 'head', inputs: architecture.hiddenSize, outputs: input.outputs });
}

/** The layers `lstm0`, `lstm1`, … on a sequence [T, N, inputs]; the last state of the top one, [N, U]. */
export function lstmStack(
  network: NetworkWriter,
  sequence: Value,
  { numLayers, hiddenSize, inputs }: { numLayers: number; hiddenSize: number; inputs: number },
): Value {
  let x = sequence;
  for (let index = 0; index < numLayers; index++) {
    x = lstmLayer(network, x, {
      name: `lstm${index}`,
      inputs: index === 0 ? inputs : hiddenSize,
      units: hiddenSize,
      gives: index === numLayers - 1 ? 'last-state' : 'sequence',
    });
  }
  return x;
}
