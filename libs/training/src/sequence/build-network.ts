import type { Architecture } from './architecture.js';
import { cnnLstmNetwork } from './cnn-lstm-network.js';
import { lstmNetwork } from './lstm-network.js';
import type { NetworkShape, SequenceNetwork } from './network.js';
import { transformerNetwork } from './transformer-network.js';

/** The network of an architecture for windows of a shape. */
export function buildNetwork(architecture: Architecture, shape: NetworkShape): SequenceNetwork {
  switch (architecture.type) {
    case 'lstm':
      return lstmNetwork(architecture, shape);
    case 'transformer':
      return transformerNetwork(architecture, shape);
    case 'cnn-lstm':
      return cnnLstmNetwork(architecture, shape);
  }
}
