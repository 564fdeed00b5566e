import { attentionKernels } from './attention-kernel.js';
import { layerNormKernels } from './layer-norm-kernel.js';
import { lstmKernels } from './lstm-kernel.js';
import { checkAllocations } from './wasm-allocation.js';
import { wasmAttention } from './wasm-attention.js';
import { concatOnHeap } from './wasm-concat.js';
import { filterGradientOnHeap } from './wasm-filter-gradient.js';
import { identityOnHeap } from './wasm-identity.js';
import { addKernel, replaceKernel, type CompleteKernel, type OwnKernel } from './wasm-kernel.js';
import { wasmLayerNorm } from './wasm-layer-norm.js';
import { wasmLstm } from './wasm-lstm.js';
import { fusedMatMulOnHeap, matMulOnHeap } from './wasm-matmul.js';
import { maxPoolGradientOnHeap } from './wasm-max-pool-gradient.js';
import { segmentSumOnHeap } from './wasm-segment-sum.js';
import { sliceOnHeap, splitOnHeap } from './wasm-slice.js';
import { meanOnHeap, sumOnHeap } from './wasm-sum.js';
import { maximumOnHeap, tanhOnHeap } from './wasm-elementwise.js';
import { transposeOnHeap } from './wasm-transpose.js';

/** What is put before kernels of TensorFlow.js that are slow or wrong. */
export const replacements: Readonly<Record<string, OwnKernel>> = {
  BatchMatMul: matMulOnHeap,
  _FusedMatMul: fusedMatMulOnHeap,
  Tanh: tanhOnHeap,
  Maximum: maximumOnHeap,
  Sum: sumOnHeap,
  Mean: meanOnHeap,
  Transpose: transposeOnHeap,
  Identity: identityOnHeap,
  Slice: sliceOnHeap,
  SplitV: splitOnHeap,
  Concat: concatOnHeap,
  MaxPoolGrad: maxPoolGradientOnHeap,
};

/** What TensorFlow.js has no kernel for. */
export const additions: Readonly<Record<string, CompleteKernel>> = {
  Conv2DBackpropFilter: filterGradientOnHeap,
  UnsortedSegmentSum: segmentSumOnHeap,
};

let isInstalled = false;

/** Replaces, once, the kernels of the WebAssembly backend that are slow or wrong, and adds those that it lacks. */
export function installWasmKernels(): void {
  checkAllocations();
  if (isInstalled) return;
  isInstalled = true;
  for (const [name, kernel] of Object.entries(replacements)) replaceKernel(name, kernel);
  for (const [name, kernel] of Object.entries(additions)) addKernel(name, kernel);
  lstmKernels.register('wasm', wasmLstm);
  attentionKernels.register('wasm', wasmAttention);
  layerNormKernels.register('wasm', wasmLayerNorm);
}
