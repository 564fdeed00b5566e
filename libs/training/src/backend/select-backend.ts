import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { TrainingError } from '../errors.js';
import { requireCorrectArithmetic } from './compute-check.js';
import { withoutNewProcessListeners } from './process-listeners.js';
import { installWasmKernels } from './wasm-kernels.js';
import { loadNativeBackend, tensorflowVersion } from './native-backend.js';

/** Where TensorFlow.js computes, fastest first: a GPU, native code, WebAssembly, plain JavaScript. */
export type BackendName = 'tfjs-node-gpu' | 'tfjs-node' | 'wasm' | 'cpu';

/** The chosen backend, and why it is not one of those asked for before it. */
export interface BackendReport {
  readonly name: BackendName;
  readonly tfjsVersion: string;
  /** Of the native library, with `tfjs-node` and `tfjs-node-gpu`. */
  readonly tensorflowVersion?: string;
  readonly tried: readonly RefusedBackend[];
}

/** A backend that was tried and not taken. */
export interface RefusedBackend {
  readonly name: BackendName;
  readonly reason: string;
}

const fastestFirst: readonly BackendName[] = ['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu'];

/**
 * Takes the first backend that loads and computes correctly, for the whole process.
 *
 * @param preferred names in order of preference. Default: fastest first
 * @throws TrainingError `TRAINING_NO_BACKEND` with the reason of every refusal
 *
 * @example
 * ```ts
 * import { selectBackend } from '@i-drill/training';
 * (await selectBackend(['wasm', 'cpu'])).name; // => 'wasm'
 * ```
 */
export async function selectBackend(preferred: readonly BackendName[] = fastestFirst): Promise<BackendReport> {
  const { name, tried } = await firstUsable(preferred, activate);
  return { name, tfjsVersion: tf.version_core, ...tensorflowVersion(name), tried };
}

/** The first name whose activation does not throw, and why those before it did. */
export async function firstUsable(
  names: readonly BackendName[],
  activate: (name: BackendName) => Promise<void>,
): Promise<{ name: BackendName; tried: RefusedBackend[] }> {
  const tried: RefusedBackend[] = [];
  for (const name of names) {
    try {
      await activate(name);
      return { name, tried };
    } catch (error) {
      tried.push({ name, reason: shortReason(error) });
    }
  }
  throw noBackend(tried);
}

async function activate(name: BackendName): Promise<void> {
  tf.enableProdMode(); // else the cpu backend advertises tfjs-node on the console
  if (name === 'tfjs-node-gpu' || name === 'tfjs-node') await loadNativeBackend(name);
  const registered = name === 'wasm' || name === 'cpu' ? name : 'tensorflow';
  if (!(await withoutNewProcessListeners(() => tf.setBackend(registered)))) throw new Error('it did not initialise');
  if (name === 'wasm') installWasmKernels();
  requireCorrectArithmetic();
}

function noBackend(tried: readonly RefusedBackend[]): TrainingError {
  const reasons = tried.map(({ name, reason }) => `${name} (${reason})`).join(', ');
  const problem = reasons ? `none works: ${reasons}` : 'the list is empty';
  return new TrainingError(`Cannot choose a backend: ${problem}; allow "wasm" or "cpu"`, {
    code: 'TRAINING_NO_BACKEND',
    details: { tried },
  });
}

/** First line, without the path of the importing file. */
function shortReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0]!.split(' imported from ')[0]!;
}
