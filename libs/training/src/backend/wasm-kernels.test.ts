import '@tensorflow/tfjs-core/dist/register_all_gradients.js'; // works here because vite resolves its imports; in Node it does not
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { selfAttention } from '../sequence/attention.js';
import { convolution } from '../sequence/convolution.js';
import { layerNorm } from '../sequence/layer-norm.js';
import { lstmLayer } from '../sequence/lstm.js';
import { pairPooling } from '../sequence/pair-pooling.js';
import { lstmKernels } from './lstm-kernel.js';
import { selectBackend } from './select-backend.js';
import { disagreements, type AgreementCase } from './testing/backend-agreement.js';
import type { KernelCall } from './wasm-kernel.js';
import { additions, installWasmKernels, replacements } from './wasm-kernels.js';

function product(transposeA: boolean, transposeB: boolean, ...shapes: number[][]): AgreementCase {
  return { operation: (a, b) => tf.matMul(a, b, transposeA, transposeB), shapes };
}

function lstm(output: 'every-step' | 'last-step', [steps, batch, features, units]: readonly number[]): AgreementCase {
  return {
    operation: (x, w) => lstmLayer(x as tf.Tensor3D, w as tf.Tensor2D, { output, inputGradient: true }),
    shapes: [[steps!, batch!, features!], [units! + features! + 1, 4 * units!]], // prettier-ignore
  };
}

type Image = tf.Tensor4D;

// prettier-ignore
const cases: Readonly<Record<string, AgreementCase>> = {
  'matMul': product(false, false, [70, 9], [9, 33]),
  'matMul aᵀ b': product(true, false, [9, 70], [9, 33]),
  'matMul a bᵀ': product(false, true, [70, 9], [33, 9]),
  'matMul aᵀ bᵀ': product(true, true, [9, 70], [33, 9]),
  'matMul, deep': product(false, false, [5, 600], [600, 7]),
  'matMul, one row': product(false, false, [1, 300], [300, 7]),
  'matMul, in batches': product(false, true, [2, 3, 6, 5], [2, 3, 4, 5]),
  'matMul, one factor for all': { operation: (a, b) => tf.matMul(a, b), shapes: [[3, 4, 5], [1, 5, 2]], outputOnly: true },
  'matMul, batches repeated in part': { operation: (a, b) => tf.matMul(a, b), shapes: [[2, 3, 4, 5], [1, 3, 5, 2]], outputOnly: true },
  'fused matMul': { operation: (a, b, bias) => tf.fused.matMul({ a: a, b: b, bias: bias }), shapes: [[6, 5], [5, 7], [7]] },
  'fused matMul, relu': { operation: (a, b, bias) => tf.fused.matMul({ a: a, b: b, bias: bias, activation: 'relu' }), shapes: [[6, 5], [5, 7], [7]] },
  'fused matMul, sigmoid': { operation: (a, b, bias) => tf.fused.matMul({ a: a, b: b, bias: bias, activation: 'sigmoid' }), shapes: [[6, 5], [5, 7], [7]] },
  'fused matMul without bias': { operation: (a, b) => tf.fused.matMul({ a: a, b: b }), shapes: [[6, 5], [5, 7]] },
  'tanh': { operation: (x) => tf.tanh(tf.mul(x, 5)), shapes: [[3, 37]] },
  'sigmoid': { operation: (x) => tf.sigmoid(tf.mul(x, 5)), shapes: [[3, 37]] },
  'relu': { operation: (x) => tf.relu(x), shapes: [[3, 37]] },
  'softmax': { operation: (x) => tf.softmax(x), shapes: [[2, 3, 9]] },
  'maximum': { operation: (a, b) => tf.maximum(a, b), shapes: [[4, 9], [4, 9]] },
  'maximum with repeated rows': { operation: (a, b) => tf.maximum(a, b), shapes: [[4, 9], [9]], outputOnly: true },
  'add, sub, mul, div with repeated rows': { operation: (a, b) => tf.div(tf.mul(tf.sub(a, b), tf.add(a, b)), tf.add(tf.square(b), 1)), shapes: [[5, 4, 6], [6]] },
  'sum over the first axis': { operation: (x) => tf.sum(x, 0), shapes: [[300, 5]] },
  'sum over a middle axis, kept': { operation: (x) => tf.sum(x, 1, true), shapes: [[3, 4, 5]] },
  'sum over the last axis': { operation: (x) => tf.sum(x, -1), shapes: [[3, 4, 5]] },
  'sum over axes apart': { operation: (x) => tf.sum(x, [0, 2]), shapes: [[3, 4, 5, 2]] },
  'sum of everything': { operation: (x) => tf.sum(x), shapes: [[3, 4, 5]] },
  'mean over the first axes': { operation: (x) => tf.mean(x, [0, 1]), shapes: [[6, 4, 5]] },
  'mean over the last axis': { operation: (x) => tf.mean(x, -1, true), shapes: [[6, 4, 5]] },
  'transpose of a matrix': { operation: (x) => tf.transpose(x), shapes: [[9, 14]] },
  'transpose to heads': { operation: (x) => tf.transpose(x, [2, 1, 0, 3]), shapes: [[5, 3, 2, 4]] },
  'transpose of five axes': { operation: (x) => tf.transpose(x, [4, 2, 0, 3, 1]), shapes: [[2, 3, 2, 3, 2]] },
  'slice': { operation: (x) => tf.slice(x, [1, 0, 2], [2, -1, 3]), shapes: [[4, 3, 6]] },
  'concat': { operation: (a, b) => tf.concat([a, b], 1), shapes: [[3, 4, 2], [3, 1, 2]] },
  'split': { operation: (x) => { const [a, b, c] = tf.split(x, [1, 3, 2], 1); return tf.concat([tf.mul(c!, 2), a!, b!], 1); }, shapes: [[4, 6]] },
  'stack': { operation: (a, b) => tf.stack([a, b]), shapes: [[3, 4], [3, 4]] },
  'pad': { operation: (x) => tf.pad(x, [[1, 2], [0, 1]]), shapes: [[3, 4]] },
  'clone': { operation: (x) => tf.mul(tf.clone(x), x), shapes: [[3, 4]] },
  'gather': { operation: (x) => tf.gather(x, tf.tensor1d([2, 0, 2, 3], 'int32')), shapes: [[5, 3]] },
  'maxPool of negatives': { operation: (x) => tf.maxPool(tf.sub<Image>(x as Image, 10), 2, 2, 'valid'), shapes: [[2, 4, 6, 3]] },
  'maxPool that overlaps, padded': { operation: (x) => tf.maxPool(x as Image, 3, 2, 'same'), shapes: [[1, 5, 4, 2]] },
  'conv2d': { operation: (x, k) => tf.conv2d(x as Image, k as Image, 1, 'same'), shapes: [[2, 5, 6, 3], [3, 3, 3, 4]] },
  'conv2d in strides': { operation: (x, k) => tf.conv2d(x as Image, k as Image, [2, 1], 'valid'), shapes: [[2, 6, 5, 2], [3, 2, 2, 3]] },
  'conv1d': { operation: (x, k) => tf.conv1d(x as tf.Tensor3D, k as tf.Tensor3D, 1, 'same'), shapes: [[2, 7, 3], [3, 3, 4]] },
  'LSTM layer, every step': lstm('every-step', [4, 9, 5, 6]),
  'LSTM layer, last step': lstm('last-step', [3, 70, 3, 5]),
  'layer normalisation': { operation: (x, gain, shift) => layerNorm(x, [gain, shift]), shapes: [[4, 3, 7], [7], [7]] },
  'self-attention': { operation: (x) => selfAttention(x as tf.Tensor3D, 2), shapes: [[7, 3, 18]] },
  'convolution over time': { operation: (x, k) => convolution(x as tf.Tensor3D, k as tf.Tensor2D, { inputGradient: true }), shapes: [[6, 3, 2], [6, 5]] },
  'pair pooling': { operation: (x) => pairPooling(x as tf.Tensor3D), shapes: [[7, 3, 4]] },
};

const restore: (() => void)[] = [];

/** Puts another kernel in the place of one, until the test ends. */
function plant(kernelName: string, other: (original: Kernel) => Kernel): void {
  const original = tf.getKernel(kernelName, 'wasm');
  const replace = (kernelFunc: tf.KernelFunc): void => {
    tf.unregisterKernel(kernelName, 'wasm');
    tf.registerKernel({ ...original, kernelFunc });
  };
  replace(other(original.kernelFunc as unknown as Kernel) as unknown as tf.KernelFunc);
  restore.push(() => {
    replace(original.kernelFunc);
  });
}

afterEach(() => {
  for (const undo of restore.splice(0).reverse()) undo();
});

describe('the WebAssembly backend', () => {
  beforeAll(async () => {
    await selectBackend(['wasm']);
  });

  it('has the outputs and gradients of the cpu backend, operation by operation', async () => {
    expect(await disagreements(cases)).toEqual([]);
  });

  it('computes each of its kernels in one of these operations at least', async () => {
    const names = Object.keys({ ...replacements, ...additions });
    const used = new Set<string>();
    for (const name of names) {
      plant(name, (original) => (call) => {
        used.add(name);
        return original(call);
      });
    }
    await disagreements(cases);
    expect([...used].toSorted()).toEqual(names.toSorted());
  });

  it('leaves no tensor and no data behind', async () => {
    await selectBackend(['wasm']);
    const before = tf.memory();
    await disagreements(cases);
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
  });

  it('has its kernels once, however often it is chosen', async () => {
    await selectBackend(['wasm']);
    const kernels = tf.getKernelsForBackend('wasm');
    installWasmKernels();
    expect(tf.getKernelsForBackend('wasm')).toEqual(kernels);
  });
});

describe('the comparison of backends', () => {
  async function caught(...names: string[]): Promise<string[]> {
    const chosen = Object.fromEntries(names.map((name) => [name, cases[name]!]));
    return (await disagreements(chosen)).map(({ name, of }) => `${name}: ${of}`);
  }

  it('catches the gradient of pooling that TensorFlow.js has: negative values count as 0', async () => {
    plant('MaxPoolGrad', (original) => (call) => {
      const input = run('Relu', { ...call, inputs: { x: call.inputs['input']! } });
      return original({ ...call, inputs: { ...call.inputs, input } });
    });
    const wrong = 'maxPool of negatives: gradient 1';
    expect(await caught('maxPool of negatives', 'conv2d')).toEqual([wrong]);
  });

  it('catches a transpose left out of a product', async () => {
    plant('BatchMatMul', (original) => (call) => original({ ...call, attrs: { ...call.attrs, transposeB: false } }));
    // Only square products still have the right shape; the gradients of others throw.
    const square = { operation: cases['matMul a bᵀ']!.operation, shapes: [[6, 6], [6, 6]] }; // prettier-ignore
    expect(await disagreements({ square })).not.toEqual([]);
  });

  it('catches a value that is off by a ten-thousandth, and one that is NaN', async () => {
    const scaled = (factor: number) => (original: Kernel): Kernel => (call) => {
      const output = original(call);
      const values = call.backend.typedArrayFromHeap(output);
      values[0]! *= factor;
      return output;
    }; // prettier-ignore
    plant('Tanh', scaled(1.0001));
    expect(await caught('tanh', 'sigmoid')).toEqual(['tanh: output', 'tanh: gradient 1']);
    plant('Tanh', scaled(NaN));
    expect(await caught('tanh', 'sigmoid')).toEqual(['tanh: output', 'tanh: gradient 1']);
  });

  it('catches an LSTM layer that forgets the slope of a gate', async () => {
    const right = lstmKernels.current()!;
    restore.push(() => {
      lstmKernels.register('wasm', right);
    });
    lstmKernels.register('wasm', {
      ...right,
      backward(pass) {
        const { dWeights, ...rest } = right.backward(pass);
        const [i, f, g, o] = tf.split(dWeights, 4, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
        return { ...rest, dWeights: tf.concat([i, tf.mul<tf.Tensor2D>(f, 4), g, o], 1) };
      },
    });
    expect(await caught('LSTM layer, every step')).toEqual(['LSTM layer, every step: gradient 2']);
  });
});

type Kernel = (call: KernelCall) => tf.TensorInfo;

function run(kernelName: string, call: KernelCall): tf.TensorInfo {
  return (tf.getKernel(kernelName, 'wasm').kernelFunc as unknown as Kernel)(call);
}
