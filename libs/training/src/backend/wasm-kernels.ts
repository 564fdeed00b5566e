import { attentionKernels } from './attention-kernel.js';
import { layerNormKernels } from './layer-norm-kernel.js';
import { registerLstmKernel } from './lstm-kernel.js';
import { checkAllocations } from './wasm-allocation.js';
import { wasmAttention } from './wasm-attention.js';
import { concatOnHeap } from './wasm-concat.js';
import { filterGradientOnHeap } from './wasm-filter-gradient.js';
import { identityOnHeap } from './wasm-identity.js';
import { addKernel, replaceKernel } from './wasm-kernel.js';
import { wasmLayerNorm } from './wasm-layer-norm.js';
import { wasmLstm } from './wasm-lstm.js';
import { fusedMatMulOnHeap, matMulOnHeap } from './wasm-matmul.js';
import { maxPoolGradientOnHeap } from './wasm-max-pool-gradient.js';
import { segmentSumOnHeap } from './wasm-segment-sum.js';
import { sliceOnHeap, splitOnHeap } from './wasm-slice.js';
import { meanOnHeap, sumOnHeap } from './wasm-sum.js';
import { maximumOnHeap, tanhOnHeap } from './wasm-elementwise.js';
import { transposeOnHeap } from './wasm-transpose.js';

let isInstalled = false;

/** Replaces, once, the kernels of the WebAssembly backend that are slow or wrong, and adds those that it lacks. */
export function installWasmKernels(): void {
  checkAllocations();
  if (isInstalled) return;
  isInstalled = true;
  replaceKernel('BatchMatMul', matMulOnHeap);
  replaceKernel('_FusedMatMul', fusedMatMulOnHeap);
  replaceKernel('Tanh', tanhOnHeap);
  replaceKernel('Maximum', maximumOnHeap);
  replaceKernel('Sum', sumOnHeap);
  replaceKernel('Mean', meanOnHeap);
  replaceKernel('Transpose', transposeOnHeap);
  replaceKernel('Identity', identityOnHeap);
  replaceKernel('Slice', sliceOnHeap);
  replaceKernel('SplitV', splitOnHeap);
  replaceKernel('Concat', concatOnHeap);
  replaceKernel('MaxPoolGrad', maxPoolGradientOnHeap);
  addKernel('Conv2DBackpropFilter', filterGradientOnHeap);
  addKernel('UnsortedSegmentSum', segmentSumOnHeap);
  registerLstmKernel('wasm', wasmLstm);
  attentionKernels.register('wasm', wasmAttention);
  layerNormKernels.register('wasm', wasmLayerNorm);
}
