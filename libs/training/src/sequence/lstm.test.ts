import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { lstmLayer } from './lstm.js';
import { plainLstm } from './testing/plain-lstm.js';

const [steps, batch, features, units] = [5, 3, 2, 4];

type Output = 'every-step' | 'last-step';
type Layer = (x: tf.Tensor3D, weights: tf.Tensor2D) => tf.Tensor;

function own(output: Output): Layer {
  return (x, weights) => lstmLayer(x, weights, { output, inputGradient: true });
}

function plain(output: Output): Layer {
  return (x, weights) => plainLstm(x, weights, output);
}

/** Output and both gradients of Σ (output ∘ mask), so that every output pulls with another weight. */
function everything(layer: Layer): Record<'output' | 'dx' | 'dWeights', number[]> {
  return tf.tidy(() => {
    const x = tf.randomNormal<tf.Rank.R3>([steps, batch, features], 0, 1, 'float32', 1);
    const weights = tf.randomNormal<tf.Rank.R2>([units + features + 1, 4 * units], 0, 0.7, 'float32', 2);
    const output = layer(x, weights);
    const mask = tf.randomNormal(output.shape, 0, 1, 'float32', 3);
    const { grads } = tf.valueAndGrads((x, w) => tf.sum(tf.mul(layer(x as tf.Tensor3D, w as tf.Tensor2D), mask)))([x, weights]); // prettier-ignore
    const [dx, dWeights] = grads.map((gradient) => Array.from(gradient.dataSync()));
    return { output: Array.from(output.dataSync()), dx: dx!, dWeights: dWeights! };
  });
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  expect(a).toHaveLength(b.length);
  return Math.max(...a.map((value, index) => Math.abs(value - b[index]!)));
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

describe('lstmLayer()', () => {
  let tensorsBefore = 0;

  beforeAll(async () => {
    await selectBackend(['cpu']);
    tensorsBefore = tf.memory().numTensors;
  });

  afterEach(async () => {
    expect(tf.memory().numTensors).toBe(tensorsBefore);
    await selectBackend(['cpu']);
  });

  it('computes two steps of one unit as the formula says', () => {
    // rows of W: from h, from x, bias; columns: i, f, g, o
    const w = [0.1, 0.2, 0.3, 0.4, 0.5, -0.6, 0.7, -0.8, 0.01, 0.02, 0.03, 0.04];
    const step = (x: number, h: number, c: number): [number, number] => {
      const [zi, zf, zg, zo] = [0, 1, 2, 3].map((gate) => h * w[gate]! + x * w[4 + gate]! + w[8 + gate]!);
      const cNext = sigmoid(zf!) * c + sigmoid(zi!) * Math.tanh(zg!);
      return [sigmoid(zo!) * Math.tanh(cNext), cNext];
    };
    const [h1, c1] = step(1.5, 0, 0);
    const [h2] = step(-2, h1, c1);
    const hidden = tf.tidy(() => {
      const x = tf.tensor3d([1.5, -2], [2, 1, 1]);
      return Array.from(
        lstmLayer(x, tf.tensor2d(w, [3, 4]), { output: 'every-step', inputGradient: false }).dataSync(),
      );
    });
    expect(largestDifference(hidden, [h1, h2])).toBeLessThan(1e-6);
  });

  it.each<Output>(['every-step', 'last-step'])('agrees with the differentiated formula on cpu (%s)', (output) => {
    const [a, b] = [everything(own(output)), everything(plain(output))];
    expect(largestDifference(a.output, b.output)).toBeLessThan(1e-6);
    expect(largestDifference(a.dx, b.dx)).toBeLessThan(1e-5);
    expect(largestDifference(a.dWeights, b.dWeights)).toBeLessThan(1e-5);
  });

  it.each<Output>(['every-step', 'last-step'])('gives the same on WebAssembly as on cpu (%s)', async (output) => {
    const onCpu = everything(own(output));
    await selectBackend(['wasm']);
    const onWasm = everything(own(output));
    expect(largestDifference(onWasm.output, onCpu.output)).toBeLessThan(1e-5);
    expect(largestDifference(onWasm.dx, onCpu.dx)).toBeLessThan(1e-5);
    expect(largestDifference(onWasm.dWeights, onCpu.dWeights)).toBeLessThan(1e-5);
  });

  it('gives the weight gradient alone when the input is data', () => {
    const [alone, both] = [false, true].map((inputGradient) =>
      tf.tidy(() => {
        const x = tf.randomNormal<tf.Rank.R3>([steps, batch, features], 0, 1, 'float32', 1);
        const weights = tf.randomNormal<tf.Rank.R2>([units + features + 1, 4 * units], 0, 0.7, 'float32', 2);
        const loss = (w: tf.Tensor): tf.Tensor =>
          tf.sum(lstmLayer(x, w as tf.Tensor2D, { output: 'last-step', inputGradient }));
        return Array.from(tf.grad(loss)(weights).dataSync());
      }),
    );
    expect(alone).toEqual(both);
  });
});
