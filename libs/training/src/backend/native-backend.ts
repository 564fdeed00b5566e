import { lstmKernels } from './lstm-kernel.js';
import { avoidUnsafeProducts, prepareNativeEnvironment, type NodeProcess } from './native-environment.js';
import { findNativeBackend } from './native-library.js';
import { nativeLstm } from './native-lstm.js';

type NativePackage = 'tfjs-node-gpu' | 'tfjs-node';

/**
 * Loads an optional native package, makes sure it serves this library's TensorFlow.js on the device its name promises, and
 * gives it the LSTM layer of TensorFlow's own library.
 */
export async function loadNativeBackend(name: NativePackage): Promise<void> {
  const packageName = `@tensorflow/${name}`; // not a literal: the compiler would want the package
  const { process } = globalThis as { readonly process?: NodeProcess };
  if (!process) throw new Error(`${packageName} runs on Node.js only`);
  prepareNativeEnvironment(process);
  await import(packageName);
  avoidUnsafeProducts(process);
  const backend = findNativeBackend();
  if (!backend) throw new Error(`${packageName} brought its own copy of @tensorflow/tfjs-core`);
  if (name === 'tfjs-node-gpu' && !backend.isUsingGpuDevice) throw new Error('no GPU is usable');
  lstmKernels.register('tensorflow', nativeLstm(backend));
}

/** The version of the native library behind the backend in use, if it is one. */
export function tensorflowVersion(name: string): { tensorflowVersion?: string } {
  if (name === 'wasm' || name === 'cpu') return {};
  const version = findNativeBackend()?.binding.TF_Version;
  return version === undefined ? {} : { tensorflowVersion: version };
}
