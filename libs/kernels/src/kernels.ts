import type { KernelExports } from './kernel-exports.js';
import type { KernelHeap } from './kernel-heap.js';
import type {
  ActivationGradient,
  AdamStep,
  AttentionBackward,
  AttentionForward,
  BlockCopy,
  LayerNormBackward,
  LayerNormForward,
  LstmBackward,
  LstmForward,
  MatrixProduct,
  Pointer,
} from './kernel-types.js';
import { relaxedSimdBinary, simdBinary } from './kernel-binaries.js';
import { fromBase64, wasm } from './web-assembly.js';

/**
 * Numeric kernels on a heap, float32, row-major. Pointers and sizes are trusted: a wrong one overwrites other numbers.
 */
export interface Kernels {
  multiplyMatrices(product: MatrixProduct): void;
  /** y = tanh(x); y may be x. */
  tanh(map: { readonly x: Pointer; readonly y: Pointer; readonly size: number }): void;
  /** y = max(a, b), NaN where one of them is. */
  maximum(map: { readonly a: Pointer; readonly b: Pointer; readonly y: Pointer; readonly size: number }): void;
  /** Adds a bias [columns] to every row of y [rows, columns], then with `relu` raises what is negative to 0. */
  addBias(request: {
    readonly y: Pointer;
    readonly bias: Pointer;
    readonly rows: number;
    readonly columns: number;
    readonly relu: boolean;
  }): void;
  /** Sums over the middle axis of x [batch, rows, columns], times `scale`: [batch, columns]. */
  columnSums(request: {
    readonly x: Pointer;
    readonly sums: Pointer;
    readonly batch: number;
    readonly rows: number;
    readonly columns: number;
    readonly scale: number;
  }): void;
  /** x [batch, rows, columns] to y [batch, columns, rows]. */
  transposeMatrices(request: {
    readonly x: Pointer;
    readonly y: Pointer;
    readonly batch: number;
    readonly rows: number;
    readonly columns: number;
  }): void;
  activationGradient(request: ActivationGradient): void;
  adamStep(step: AdamStep): void;
  copyBlocks(copy: BlockCopy): void;
  lstmForward(layer: LstmForward): void;
  lstmBackward(layer: LstmBackward): void;
  attentionForward(attention: AttentionForward): void;
  attentionBackward(attention: AttentionBackward): void;
  layerNormForward(layer: LayerNormForward): void;
  layerNormBackward(layer: LayerNormBackward): void;
}

/**
 * The kernels on a heap. Where the processor has a fused multiply-add and WebAssembly offers it (relaxed SIMD), that
 * build is taken: faster, and rounded once less.
 *
 * @example
 * ```ts
 * import { createHeap, loadKernels } from '@i-drill/kernels';
 * const heap = createHeap(1 << 20);
 * const kernels = loadKernels(heap);
 * const [a, c] = [heap.allocate(16), heap.allocate(16)];
 * new Float32Array(heap.memory.buffer, a, 4).set([1, 2, 3, 4]);
 * kernels.multiplyMatrices({ a, b: a, c, rows: 2, columns: 2, depth: 2 });
 * new Float32Array(heap.memory.buffer, c, 4); // => new Float32Array([7, 10, 15, 22])
 * ```
 */
export function loadKernels(heap: KernelHeap, build: KernelBuild = 'fastest'): Kernels {
  const instance = new wasm.Instance(new wasm.Module(binary(build)), { env: { memory: heap.memory } });
  const module = instance.exports as KernelExports;
  const scratch = scratchMemory(heap);
  return {
    multiplyMatrices({ a, b, c, rows, columns, depth, batch = 1, shared, ...flags }) {
      const [aStep, bStep] = [shared === 'a' ? 0 : rows * depth, shared === 'b' ? 0 : depth * columns];
      const { transposeA, transposeB, accumulate } = flags;
      module.multiplyMatrices(
        ...([a, b, c, batch, aStep, bStep, rows, columns, depth] as const),
        ...([flag(transposeA), flag(transposeB), flag(accumulate)] as const),
        scratch(module.matrixScratchBytes(columns)),
      );
    },
    tanh({ x, y, size }) {
      module.tanh(x, y, size);
    },
    maximum({ a, b, y, size }) {
      module.maximum(a, b, y, size);
    },
    addBias({ y, bias, rows, columns, relu }) {
      module.addBias(y, bias, rows, columns, flag(relu));
    },
    columnSums({ x, sums, batch, rows, columns, scale }) {
      module.columnSums(x, sums, batch, rows, columns, scale);
    },
    transposeMatrices({ x, y, batch, rows, columns }) {
      module.transposeMatrices(x, y, batch, rows, columns);
    },
    activationGradient({ y, dy, dz, size, activation }) {
      module.activationGradient(y, dy, dz, size, flag(activation === 'tanh'));
    },
    adamStep({ parameters, gradients, m, v, size, step, learningRate, beta1, beta2, epsilon, scale }) {
      const rate = learningRate / (1 - beta1 ** step);
      const root = 1 / Math.sqrt(1 - beta2 ** step);
      const shares = [beta1, 1 - beta1, beta2, 1 - beta2] as const;
      module.adamStep(parameters, gradients, m, v, size, scale, ...shares, rate, root, epsilon);
    },
    copyBlocks({ x, y, width, sizes, from, to }) {
      module.copyBlocks(x, y, width, ...sizes, ...from, ...to);
    },
    lstmForward({ x, weights, hidden, keep, steps, batch, features, units }) {
      const [gates, cells] = [keep?.gates ?? 0, keep?.cells ?? 0];
      const bytes = module.lstmForwardScratchBytes(features, units);
      module.lstmForward(x, weights, hidden, gates, cells, steps, batch, features, units, scratch(bytes));
    },
    lstmBackward({ x, weights, hidden, trace, dHidden, dWeights, dx = 0, steps, batch, features, units }) {
      const pointers = [x, weights, hidden, trace.gates, trace.cells, dHidden, dWeights, dx] as const;
      const bytes = module.lstmBackwardScratchBytes(features, units);
      module.lstmBackward(...pointers, steps, batch, features, units, scratch(bytes));
    },
    attentionForward({ projected, output, shares, steps, batch, heads, size }) {
      const bytes = module.attentionScratchBytes(steps, size);
      module.attentionForward(projected, output, shares, steps, batch, heads, size, scratch(bytes));
    },
    attentionBackward({ projected, shares, dOutput, dProjected, steps, batch, heads, size }) {
      const bytes = module.attentionScratchBytes(steps, size);
      module.attentionBackward(projected, shares, dOutput, dProjected, steps, batch, heads, size, scratch(bytes));
    },
    layerNormForward({ x, gain, shift, y, moments, rows, columns, epsilon }) {
      module.layerNormForward(x, gain, shift, y, moments, rows, columns, epsilon);
    },
    layerNormBackward({ x, gain, moments, dy, dx, dGain, dShift, rows, columns }) {
      module.layerNormBackward(x, gain, moments, dy, dx, dGain, dShift, rows, columns, scratch(8 * columns));
    },
  };
}

/** `simd` rounds alike everywhere; `fastest` takes relaxed SIMD where it is to be had. */
export type KernelBuild = 'simd' | 'fastest';

function binary(build: KernelBuild): Uint8Array {
  if (build === 'fastest') {
    const relaxed = fromBase64(relaxedSimdBinary);
    if (wasm.validate(relaxed)) return relaxed;
  }
  return fromBase64(simdBinary);
}

function flag(value: boolean | undefined): 0 | 1 {
  return value ? 1 : 0;
}

/** One range for all kernels, as large as the largest need so far. */
function scratchMemory(heap: KernelHeap): (bytes: number) => Pointer {
  let pointer = 0;
  let size = 0;
  return (bytes) => {
    if (bytes <= size) return pointer;
    if (size > 0) heap.free(pointer);
    size = 0; // in case the next line throws
    pointer = heap.allocate(bytes);
    size = bytes;
    return pointer;
  };
}
