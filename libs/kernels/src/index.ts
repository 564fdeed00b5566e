export { createDenseNetwork, type DenseNetworkOptions } from './dense/create-dense-network.js';
export {
  denseOffsets,
  type Activation,
  type AdamMemory,
  type DenseLayer,
  type DenseNetwork,
  type DenseStep,
} from './dense/dense-network.js';
export { plainDenseNetwork } from './dense/plain-dense-network.js';
export { createHeap, type KernelHeap } from './kernel-heap.js';
export {
  type ActivationGradient,
  type AdamStep,
  type AttentionBackward,
  type AttentionForward,
  type AttentionSizes,
  type BlockCopy,
  type LayerNormBackward,
  type LayerNormForward,
  type LstmBackward,
  type LstmForward,
  type LstmSizes,
  type LstmTrace,
  type MatrixProduct,
  type Pointer,
  type Triple,
} from './kernel-types.js';
export { type KernelBuild, type Kernels, loadKernels } from './kernels.js';
export { type WasmMemory } from './web-assembly.js';
