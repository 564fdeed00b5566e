import * as tf from '@tensorflow/tfjs-core';
import type { HeapBackend } from './wasm-heap.js';

/** What a kernel of TensorFlow.js is called with. */
export interface KernelCall {
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly backend: HeapBackend;
}

/** @returns undefined for a call that is left to the kernel it replaces */
export type OwnKernel = (call: KernelCall) => tf.TensorInfo | tf.TensorInfo[] | undefined;

/** A kernel that takes every call. */
export type CompleteKernel = (call: KernelCall) => tf.TensorInfo | tf.TensorInfo[];

/** Puts a kernel before the one that comes with the WebAssembly backend. */
export function replaceKernel(kernelName: string, kernel: OwnKernel): void {
  const original = tf.getKernel(kernelName, 'wasm');
  tf.unregisterKernel(kernelName, 'wasm');
  register(kernelName, (call) => kernel(call) ?? (original.kernelFunc as unknown as CompleteKernel)(call), original);
}

/** Adds a kernel that the WebAssembly backend does not have. */
export function addKernel(kernelName: string, kernel: CompleteKernel): void {
  register(kernelName, kernel);
}

function register(kernelName: string, kernel: CompleteKernel, original?: tf.KernelConfig): void {
  tf.registerKernel({ ...original, kernelName, backendName: 'wasm', kernelFunc: kernel as unknown as tf.KernelFunc });
}
