import type { CnnLstmArchitecture } from './architecture.js';
import type { NetworkShape, SequenceNetwork } from './network.js';

/** Under construction. */
export function cnnLstmNetwork(architecture: CnnLstmArchitecture, _shape: NetworkShape): SequenceNetwork {
  throw new RangeError(`Cannot build a ${architecture.type}: it is not there yet`);
}
