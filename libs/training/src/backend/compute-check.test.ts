import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { requireCorrectArithmetic } from './compute-check.js';

describe('requireCorrectArithmetic()', () => {
  beforeAll(() => {
    tf.enableProdMode(); // else the cpu backend prints an advertisement
  });

  it('accepts the cpu backend and leaves no tensor behind', async () => {
    await tf.setBackend('cpu');
    const before = tf.memory().numTensors;
    requireCorrectArithmetic();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses a backend that loads and computes something else', async () => {
    tf.registerBackend('broken', tf.findBackendFactory('cpu'));
    tf.copyRegisteredKernels('cpu', 'broken');
    const relu = tf.getKernel('Relu', 'broken');
    tf.unregisterKernel('Sigmoid', 'broken');
    tf.registerKernel({ ...relu, kernelName: 'Sigmoid' });
    await tf.setBackend('broken');
    expect(requireCorrectArithmetic).toThrow('it computes 19, 22, 43, 50, 0 instead of 19, 22, 43, 50, 0.5');
  });
});
