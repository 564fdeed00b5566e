import * as tf from '@tensorflow/tfjs-core';

/** An attribute of a TensorFlow operation. */
export interface OperationAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean;
}

/** Numbers by which the native library knows its types. */
interface NativeBinding {
  readonly TF_Version: string;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_FLOAT: number;
  readonly TF_INT64: number;
}

/** A tensor as the native backend keeps it. */
interface NativeTensor {
  readonly shape: readonly number[];
  readonly dtype: number;
  /** Handed to the library when first used. */
  readonly values: Int32Array;
  readonly id: number;
  readonly refCount: number;
}

/** What is used of the backend of tfjs-node; the package is optional, so its types are not at hand. */
export interface NativeBackend {
  readonly binding: NativeBinding;
  readonly isUsingGpuDevice: boolean;
  readonly tensorMap: { set(dataId: object, tensor: NativeTensor): void };
  executeMultipleOutputs(
    operation: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly { readonly dataId: object }[],
    outputs: number,
  ): tf.Tensor[];
}

/** The native backend that is loaded, if one is. */
export function findNativeBackend(): NativeBackend | undefined {
  return (tf.findBackend('tensorflow') as unknown as NativeBackend | null) ?? undefined;
}

/**
 * A whole number of 64 bits, which TensorFlow.js has no type for. It stays on the backend: make one per number.
 *
 * @param value from 0 to 2³¹ − 1
 */
export function int64Scalar(backend: NativeBackend, value: number): { readonly dataId: object } {
  const dataId = {};
  const values = Int32Array.of(value, 0); // lower half first: tfjs-node runs on little-endian machines only
  backend.tensorMap.set(dataId, { shape: [], dtype: backend.binding.TF_INT64, values, id: -1, refCount: 1 });
  return { dataId };
}
