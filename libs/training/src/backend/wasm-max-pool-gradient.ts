import * as tf from '@tensorflow/tfjs-core';
import { heapOutput } from './wasm-heap.js';
import type { KernelCall } from './wasm-kernel.js';

type Pooling = ReturnType<typeof tf.backend_util.computePool2DInfo>;

/**
 * `MaxPoolGrad`: δx has each δy at the first largest value of its window. The kernel that comes with TensorFlow.js starts
 * from the smallest positive number instead of −∞, and so sends the gradient of a window of negative values to its
 * first element.
 */
export function maxPoolGradientOnHeap({ inputs, attrs, backend }: KernelCall): tf.TensorInfo {
  const { dy, input } = inputs as { readonly dy: tf.TensorInfo; readonly input: tf.TensorInfo };
  const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as PoolAttributes;
  const shape = input.shape as [number, number, number, number];
  const pooling = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const output = heapOutput(backend, shape);
  const [x, dY, dX] = [input, dy, output].map((tensor) => backend.typedArrayFromHeap(tensor)) as Arrays;
  dX.fill(0);
  for (let index = 0; index < dY.length; index++) dX[largestOfWindow(x, index, pooling)]! += dY[index]!;
  return output;
}

/** Where in x the largest value of the window of the y with this index is; NaN counts as largest. */
function largestOfWindow(x: Float32Array, index: number, pooling: Pooling): number {
  const { outChannels, outWidth, outHeight, inHeight, inWidth } = pooling;
  const channel = index % outChannels;
  const [column, row] = [Math.floor(index / outChannels) % outWidth, Math.floor(index / outChannels / outWidth) % outHeight]; // prettier-ignore
  const image = Math.floor(index / outChannels / outWidth / outHeight);
  const [top, left] = [row * pooling.strideHeight - pooling.padInfo.top, column * pooling.strideWidth - pooling.padInfo.left]; // prettier-ignore
  let largest = -1;
  for (let y = Math.max(top, 0); y < Math.min(top + pooling.filterHeight, inHeight); y++) {
    for (let z = Math.max(left, 0); z < Math.min(left + pooling.filterWidth, inWidth); z++) {
      const position = ((image * inHeight + y) * inWidth + z) * outChannels + channel;
      if (largest < 0 || !(x[position]! <= x[largest]!)) largest = position;
    }
  }
  return largest;
}

interface PoolAttributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: number | 'valid' | 'same';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

type Arrays = [x: Float32Array, dy: Float32Array, dx: Float32Array];
