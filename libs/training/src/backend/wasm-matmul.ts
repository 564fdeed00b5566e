import * as tf from '@tensorflow/tfjs-core';
import { heapKernels, heapOutput, pointerTo } from './wasm-heap.js';
import type { KernelCall } from './wasm-kernel.js';

/**
 * `BatchMatMul` for float32 whose batches are equal, or where one factor serves all. With a transposed factor the kernel
 * that comes with TensorFlow.js runs in a plain loop.
 */
export function matMulOnHeap(call: KernelCall): tf.TensorInfo | undefined {
  const product = productOf(call);
  if (!product) return undefined;
  const { backend } = call;
  const output = heapOutput(backend, product.shape);
  heapKernels(backend).multiplyMatrices({ ...product.sizes, c: pointerTo(backend, output) });
  return output;
}

/** `_FusedMatMul`, the same with a bias and a rectifier. Other activations are left to the original. */
export function fusedMatMulOnHeap(call: KernelCall): tf.TensorInfo | undefined {
  const { activation } = call.attrs as { readonly activation: string };
  const { b, bias } = call.inputs as { readonly b: tf.TensorInfo; readonly bias?: tf.TensorInfo };
  const columns = matrixShape(b, call.attrs['transposeB'] as boolean)[1];
  if (activation === 'linear' && !bias) return matMulOnHeap(call);
  if (activation !== 'linear' && activation !== 'relu') return undefined;
  if (bias?.shape.length !== 1 || bias.shape[0] !== columns) return undefined;
  const output = matMulOnHeap(call);
  if (!output) return undefined;
  heapKernels(call.backend).addBias({
    y: pointerTo(call.backend, output),
    bias: pointerTo(call.backend, bias),
    rows: tf.util.sizeFromShape(output.shape) / columns,
    columns,
    relu: activation === 'relu',
  });
  return output;
}

function productOf({ inputs, attrs, backend }: KernelCall) {
  const { a, b } = inputs as { readonly a: tf.TensorInfo; readonly b: tf.TensorInfo };
  const { transposeA, transposeB } = attrs as { readonly transposeA: boolean; readonly transposeB: boolean };
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
  const [rows, depth] = matrixShape(a, transposeA);
  const [depthOfB, columns] = matrixShape(b, transposeB);
  const batches = batchOf(a.shape.slice(0, -2), b.shape.slice(0, -2));
  if (!batches || depth !== depthOfB) return undefined;
  const { shared, shape } = batches;
  const pointers = { a: pointerTo(backend, a), b: pointerTo(backend, b) };
  const sizes = { ...pointers, rows, columns, depth, transposeA, transposeB, batch: tf.util.sizeFromShape(shape) };
  return { shape: [...shape, rows, columns], sizes: shared ? { ...sizes, shared } : sizes };
}

function matrixShape({ shape }: tf.TensorInfo, transposed: boolean): [number, number] {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return transposed ? [columns, rows] : [rows, columns];
}

/** The common batch, or nothing if one is to be repeated in part. */
function batchOf(a: number[], b: number[]): { shape: number[]; shared?: 'a' | 'b' } | undefined {
  if (tf.util.arraysEqual(a, b)) return { shape: a };
  if (tf.util.sizeFromShape(b) === 1 && b.length <= a.length) return { shape: a, shared: 'b' };
  if (tf.util.sizeFromShape(a) === 1 && a.length <= b.length) return { shape: b, shared: 'a' };
  return undefined;
}
