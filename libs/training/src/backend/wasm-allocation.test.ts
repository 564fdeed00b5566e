import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { predictWindows } from '../loop/predict-windows.js';
import { trainSequenceModel } from '../loop/train-sequence-model.js';
import { dataSet, movingSums } from '../testing/data-sets.js';
import { smallTraining } from '../testing/small-training.js';
import { makeWindows } from '../loop/windows.js';
import { selectBackend } from './select-backend.js';
import { checkAllocations } from './wasm-allocation.js';
import type { HeapBackend } from './wasm-heap.js';

const heap = (): HeapBackend['wasm'] => (tf.backend() as unknown as HeapBackend).wasm;

/** Takes the whole heap but for less than `left` bytes (untouched, so of no real memory), runs the work, and gives it back. */
async function withFullHeap<T>(left: number, work: () => Promise<T>): Promise<T> {
  const taken: number[] = [];
  for (let bytes = 2 ** 31; bytes >= left; bytes /= 2) {
    try {
      taken.push(heap()._malloc(bytes));
      bytes *= 2; // the same size again, until it does not fit
    } catch {
      continue;
    }
  }
  try {
    return await work();
  } finally {
    for (const pointer of taken) heap()._free(pointer);
  }
}

describe('a full WebAssembly heap', () => {
  beforeAll(async () => {
    await selectBackend(['wasm']);
  });

  it('ends a training with TRAINING_OUT_OF_MEMORY, which names batch size and window, and leaves no tensor behind', async () => {
    const wanted = smallTraining({ epochs: 1 });
    const before = tf.memory().numTensors;
    const model = (await trainSequenceModel(wanted)).model;
    const error = await withFullHeap(64, () => trainSequenceModel(wanted).catch((reason: unknown) => reason));
    expect(error).toMatchObject({ code: 'TRAINING_OUT_OF_MEMORY', details: { batchSize: 32, windowLength: 4 } });
    expect(tf.memory().numTensors).toBe(before);
    expect((await trainSequenceModel(wanted)).model).toEqual(model); // with room again, all is as it was
  });

  it('ends a prediction so too, wherever it fails', async () => {
    const { model } = await trainSequenceModel(smallTraining({ epochs: 1 }));
    const windows = makeWindows(dataSet([movingSums('a', 1, 600)]), { windowLength: 4 });
    const before = tf.memory().numTensors;
    for (const left of [64, 1024, 8192]) {
      const error = await withFullHeap(left, () => {
        try {
          return Promise.resolve(predictWindows(model, windows));
        } catch (reason) {
          return Promise.resolve(reason);
        }
      });
      expect(error).toMatchObject({ code: 'TRAINING_OUT_OF_MEMORY', details: { batchSize: 512, windowLength: 4 } });
      expect(tf.memory().numTensors).toBe(before);
    }
  });

  it('is checked once, however often a backend is chosen', () => {
    const allocator = (): unknown => Reflect.get(heap(), '_malloc');
    const before = allocator();
    checkAllocations();
    expect(allocator()).toBe(before);
  });
});
