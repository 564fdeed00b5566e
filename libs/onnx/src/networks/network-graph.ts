import type { Architecture } from '@i-drill/training';
import type { Value } from '../graph/graph-writer.js';
import type { NetworkWriter } from '../graph/network-writer.js';
import { cnnLstmNetwork } from './cnn-lstm-network.js';
import { lstmNetwork } from './lstm-network.js';
import type { NetworkInput } from './network-input.js';
import { transformerNetwork } from './transformer-network.js';

/** One network of an architecture: scaled windows [N, T, F] -> output columns [N, O], scaled units. Dropout is nothing here. */
export function networkGraph(network: NetworkWriter, architecture: Architecture, input: NetworkInput): Value {
  switch (architecture.type) {
    case 'lstm':
      return lstmNetwork(network, architecture, input);
    case 'transformer':
      return transformerNetwork(network, architecture, input);
    case 'cnn-lstm':
      return cnnLstmNetwork(network, architecture, input);
  }
}
