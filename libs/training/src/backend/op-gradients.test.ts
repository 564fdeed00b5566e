import '@tensorflow/tfjs-core/dist/register_all_gradients.js'; // works here because vite resolves its imports; in Node it does not
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import {
  largestDifference,
  outputAndGradients,
  randomInputs,
  type Operation,
} from '../testing/output-and-gradients.js';
import { operationGradients, registerGradients } from './op-gradients.js';
import { selectBackend } from './select-backend.js';

interface Case {
  readonly operation: Operation;
  readonly shapes: readonly number[][];
}

const cases: Record<string, Case> = {
  add: { operation: (a, b) => tf.add(a, b), shapes: [[2, 3], [3]] }, // prettier-ignore
  sub: { operation: (a, b) => tf.sub(a, b), shapes: [[3], [2, 3]] }, // prettier-ignore
  mul: { operation: (a, b) => tf.mul(a, b), shapes: [[4, 2, 3], [2, 1]] }, // prettier-ignore
  div: { operation: (a, b) => tf.div(a, tf.add(tf.square(b), 1)), shapes: [[2, 3], [3]] }, // prettier-ignore
  maximum: { operation: (a, b) => tf.maximum(a, b), shapes: [[2, 3], [2, 3]] }, // prettier-ignore
  neg: { operation: (x) => tf.neg(x), shapes: [[3]] },
  square: { operation: (x) => tf.square(x), shapes: [[3]] },
  sqrt: { operation: (x) => tf.sqrt(tf.add(tf.square(x), 1)), shapes: [[3]] },
  relu: { operation: (x) => tf.relu(x), shapes: [[3, 3]] },
  sigmoid: { operation: (x) => tf.sigmoid(x), shapes: [[3]] },
  tanh: { operation: (x) => tf.tanh(x), shapes: [[3]] },
  softmax: { operation: (x) => tf.softmax(x), shapes: [[2, 3, 4]] },
  identity: { operation: (x) => tf.clone(x), shapes: [[3]] },
  reshape: { operation: (x) => tf.reshape(x, [3, 2]), shapes: [[2, 3]] },
  transpose: { operation: (x) => tf.transpose(x, [2, 0, 1]), shapes: [[2, 3, 4]] },
  pad: { operation: (x) => tf.pad(x, [[1, 2], [0, 1]]), shapes: [[2, 3]] }, // prettier-ignore
  slice: { operation: (x) => tf.slice(x, [1, 0], [2, 2]), shapes: [[4, 3]] },
  'slice to the end': { operation: (x) => tf.slice(x, [1, 1], [-1, -1]), shapes: [[4, 3]] },
  sum: { operation: (x) => tf.sum(x, 1), shapes: [[2, 3, 2]] },
  'sum of all': { operation: (x) => tf.sum(x), shapes: [[2, 3]] },
  mean: { operation: (x) => tf.mean(x, [0, 2]), shapes: [[2, 3, 2]] },
  concat: { operation: (a, b) => tf.concat([a, b], 1), shapes: [[2, 3], [2, 1]] }, // prettier-ignore
  split: { operation: (x) => tf.mul(...(tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor])), shapes: [[2, 6]] },
  stack: { operation: (a, b) => tf.stack([a, b]), shapes: [[2, 3], [2, 3]] }, // prettier-ignore
  unstack: { operation: (x) => tf.mul(...(tf.unstack(x) as [tf.Tensor, tf.Tensor])), shapes: [[2, 3]] },
  matMul: { operation: (a, b) => tf.matMul(a, b), shapes: [[2, 3], [3, 4]] }, // prettier-ignore
  'matMul aᵀ b': { operation: (a, b) => tf.matMul(a, b, true, false), shapes: [[5, 3, 2], [5, 3, 4]] }, // prettier-ignore
  'matMul a bᵀ': { operation: (a, b) => tf.matMul(a, b, false, true), shapes: [[5, 2, 3], [5, 4, 3]] }, // prettier-ignore
  'matMul aᵀ bᵀ': { operation: (a, b) => tf.matMul(a, b, true, true), shapes: [[3, 2], [4, 3]] }, // prettier-ignore
};

function differentiated({ operation, shapes }: Case): number[][] {
  return tf.tidy(() => outputAndGradients(operation, randomInputs(...shapes)));
}

/** By what TensorFlow.js registers, on plain JavaScript. */
async function asTensorFlowDoes(): Promise<Map<string, number[][]>> {
  await selectBackend(['cpu']);
  return new Map(Object.entries(cases).map(([name, one]) => [name, differentiated(one)]));
}

describe('registerGradients()', async () => {
  const originals = operationGradients.map(({ kernelName }) => tf.getGradient(kernelName));
  const expected = await asTensorFlowDoes();
  for (const { kernelName } of operationGradients) tf.unregisterGradient(kernelName);
  registerGradients();

  afterAll(() => {
    for (const gradient of originals) tf.registerGradient(gradient);
  });

  it.each(['cpu', 'wasm'] as const)('gives on %s the gradients that TensorFlow.js gives', async (backend) => {
    await selectBackend([backend]);
    for (const [name, one] of Object.entries(cases)) {
      expect(largestDifference(differentiated(one), expected.get(name)!), name).toBeLessThan(1e-5);
    }
  });

  it('has a case for each of its gradients', () => {
    for (const { kernelName } of operationGradients) tf.unregisterGradient(kernelName);
    for (const gradient of operationGradients) tf.registerGradient(counted(gradient));
    for (const one of Object.values(cases)) differentiated(one);
    expect(used).toEqual(new Set(operationGradients.map(({ kernelName }) => kernelName)));
  });

  it('leaves a gradient alone that is registered already', () => {
    const before = tf.getGradient('Add');
    registerGradients();
    expect(tf.getGradient('Add')).toBe(before);
  });
});

const used = new Set<string>();

function counted(gradient: tf.GradConfig): tf.GradConfig {
  const gradFunc: tf.GradFunc = (dy, saved, attributes) => {
    used.add(gradient.kernelName);
    return gradient.gradFunc(dy, saved, attributes);
  };
  return { ...gradient, gradFunc };
}
