import * as tf from '@tensorflow/tfjs-core';

type NativePackage = 'tfjs-node-gpu' | 'tfjs-node';

/** What is read from the native backend; its package is optional, so its types are not at hand. */
interface NativeBackend {
  readonly binding?: { readonly TF_Version?: string };
  readonly isUsingGpuDevice?: boolean;
}

/** Loads an optional native package and makes sure it serves this library's TensorFlow.js, on the device its name promises. */
export async function loadNativeBackend(name: NativePackage): Promise<void> {
  const packageName = `@tensorflow/${name}`; // not a literal: the compiler would want the package
  await import(packageName);
  const backend = tf.findBackend('tensorflow') as NativeBackend | null;
  if (!backend) throw new Error(`${packageName} brought its own copy of @tensorflow/tfjs-core`);
  if (name === 'tfjs-node-gpu' && !backend.isUsingGpuDevice) throw new Error('no GPU is usable');
}

/** The version of the native library behind the backend in use, if it is one. */
export function tensorflowVersion(name: string): { tensorflowVersion?: string } {
  if (name === 'wasm' || name === 'cpu') return {};
  const version = (tf.backend() as NativeBackend).binding?.TF_Version;
  return version === undefined ? {} : { tensorflowVersion: version };
}
