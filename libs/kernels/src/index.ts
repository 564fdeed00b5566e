export type { Activation, DenseLayer, DenseNetwork } from './dense/dense-network.js';
export { createHeap, type KernelHeap } from './kernel-heap.js';
export {
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
