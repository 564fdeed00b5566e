import type { TransformerArchitecture } from './architecture.js';
import type { NetworkShape, SequenceNetwork } from './network.js';

/** Under construction. */
export function transformerNetwork(architecture: TransformerArchitecture, _shape: NetworkShape): SequenceNetwork {
  throw new RangeError(`Cannot build a ${architecture.type}: it is not there yet`);
}
