import * as tf from '@tensorflow/tfjs-core';

/** Fast implementations of one operation, by backend. Without one, operations that every backend has serve. */
export class BackendKernels<K> {
  readonly #kernels = new Map<string, K>();

  /** Gives a backend its kernel. A later one takes the place of an earlier one. */
  register(backendName: string, kernel: K): void {
    this.#kernels.set(backendName, kernel);
  }

  /** The kernel of the backend in use, if it has one. */
  current(): K | undefined {
    return this.#kernels.get(tf.getBackend());
  }
}
