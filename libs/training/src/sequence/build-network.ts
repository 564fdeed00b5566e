import type { Architecture } from './architecture.js';
import { cnnLstmNetwork } from './cnn-lstm-network.js';
import { lstmNetwork } from './lstm-network.js';
import type { NetworkShape, SequenceNetwork } from './network.js';
import { transformerNetwork } from './transformer-network.js';

/**
 * The network of an architecture for windows of a shape: the names, shapes and first values of its weights, and the function
 * from weights and windows to outputs. The architecture is trusted; `trainSequenceModel` checks what it is given.
 *
 * @example
 * ```ts
 * import { buildNetwork } from '@i-drill/training';
 * const architecture = { type: 'lstm', hiddenSize: 4, numLayers: 1, dropout: 0 } as const;
 * const { parameters } = buildNetwork(architecture, { windowLength: 30, features: 2, outputs: 1 });
 * parameters.map(({ name }) => name); // => ['lstm0.weights', 'head.kernel', 'head.bias']
 * parameters.map(({ shape }) => shape); // => [[7, 16], [4, 1], [1]]
 * ```
 */
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
