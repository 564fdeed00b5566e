import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { TrainingError } from '../errors.js';
import { requireCorrectArithmetic } from './compute-check.js';
import { withoutNewProcessListeners } from './process-listeners.js';
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
  const tried: RefusedBackend[] = [];
  for (const name of preferred) {
    const reason = await activate(name);
    if (reason === undefined) return { name, tfjsVersion: tf.version_core, ...tensorflowVersion(name), tried };
    tried.push({ name, reason });
  }
  const reasons = tried.map(({ name, reason }) => `${name} (${reason})`).join(', ');
  throw new TrainingError(
    `Cannot choose a backend: none of ${reasons || 'an empty list'} works; allow "wasm" or "cpu"`,
    {
      code: 'TRAINING_NO_BACKEND',
      details: { tried },
    },
  );
}

/** @returns why the backend cannot be used, or undefined when it is in use now */
async function activate(name: BackendName): Promise<string | undefined> {
  tf.enableProdMode(); // else the cpu backend advertises tfjs-node on the console
  try {
    if (name === 'tfjs-node-gpu' || name === 'tfjs-node') await loadNativeBackend(name);
    const ready = await withoutNewProcessListeners(() => tf.setBackend(registeredName(name)));
    if (!ready) return 'it did not initialise';
    requireCorrectArithmetic();
    return undefined;
  } catch (error) {
    return shortReason(error);
  }
}

function registeredName(name: BackendName): string {
  return name === 'wasm' || name === 'cpu' ? name : 'tensorflow';
}

/** First line, without the path of the importing file. */
function shortReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0]!.split(' imported from ')[0]!;
}
