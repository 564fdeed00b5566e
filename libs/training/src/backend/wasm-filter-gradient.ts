import * as tf from '@tensorflow/tfjs-core';
import { strides } from './strided-axes.js';
import { copyOnHeap } from './wasm-copy.js';
import { heapKernels, heapOutput, pointerTo, type HeapBackend } from './wasm-heap.js';
import type { KernelCall } from './wasm-kernel.js';

type Convolution = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/**
 * `Conv2DBackpropFilter`, which the WebAssembly backend lacks: for each tap (r, c) of the filter
 *
 *   δk[r, c] = Xᵀ · δy                X: the values of x that this tap met, one row per output, [N·H·W, channels]
 */
export function filterGradientOnHeap({ inputs, attrs, backend }: KernelCall): tf.TensorInfo {
  const { x, dy } = inputs as { readonly x: tf.TensorInfo; readonly dy: tf.TensorInfo };
  const { strides: steps, pad, dimRoundingMode, filterShape } = attrs as unknown as ConvolutionAttributes;
  const shape = x.shape as [number, number, number, number];
  const convolution = tf.backend_util.computeConv2DInfo(shape, filterShape, steps, 1, pad, dimRoundingMode);
  const output = heapOutput(backend, filterShape);
  const met = heapOutput(backend, [...dy.shape.slice(0, 3), convolution.inChannels]);
  const sizes = {
    rows: convolution.inChannels,
    columns: convolution.outChannels,
    depth: tf.util.sizeFromShape(dy.shape.slice(0, 3)),
  };
  for (let tap = 0; tap < filterShape[0] * filterShape[1]; tap++) {
    gather(backend, { x, met, tap }, convolution);
    const c = pointerTo(backend, output) + 4 * tap * sizes.rows * sizes.columns;
    const factors = { a: pointerTo(backend, met), b: pointerTo(backend, dy), transposeA: true };
    heapKernels(backend).multiplyMatrices({ ...sizes, ...factors, c });
  }
  backend.disposeData(met.dataId);
  return output;
}

interface Gathering {
  readonly x: tf.TensorInfo;
  readonly met: tf.TensorInfo;
  /** Row-major index into the filter. */
  readonly tap: number;
}

/** X of one tap; where the filter reached over the edge, 0. */
function gather(backend: HeapBackend, { x, met, tap }: Gathering, convolution: Convolution): void {
  const { filterWidth, inHeight, inWidth, outHeight, outWidth, padInfo, strideHeight, strideWidth } = convolution;
  const rows = insideRange(Math.floor(tap / filterWidth) - padInfo.top, strideHeight, inHeight, outHeight);
  const columns = insideRange((tap % filterWidth) - padInfo.left, strideWidth, inWidth, outWidth);
  (backend.typedArrayFromHeap(met) as Float32Array).fill(0);
  const [from, to] = [strides(x.shape), strides(met.shape)];
  const axes = [
    { size: x.shape[0]!, from: from[0]!, to: to[0]! },
    { size: rows.count, from: strideHeight * from[1]!, to: to[1]! },
    { size: columns.count, from: strideWidth * from[2]!, to: to[2]! },
    { size: convolution.inChannels, from: 1, to: 1 },
  ];
  const read = rows.firstInput * from[1]! + columns.firstInput * from[2]!;
  const written = rows.firstOutput * to[1]! + columns.firstOutput * to[2]!;
  copyOnHeap(backend, { x: pointerTo(backend, x) + 4 * read, y: pointerTo(backend, met) + 4 * written }, axes);
}

/** The outputs o for which the input at offset + o · stride exists. */
function insideRange(offset: number, stride: number, inputs: number, outputs: number) {
  const firstOutput = Math.max(0, Math.ceil(-offset / stride));
  const lastOutput = Math.min(outputs - 1, Math.floor((inputs - 1 - offset) / stride));
  return { firstOutput, firstInput: offset + firstOutput * stride, count: Math.max(0, lastOutput - firstOutput + 1) };
}

interface ConvolutionAttributes {
  readonly strides: number | [number, number];
  readonly pad: number | 'valid' | 'same';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  readonly filterShape: [number, number, number, number];
}
