import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import { performance } from 'node:perf_hooks';
import { lstmLayer } from './lstm.js';
import { plainLstm } from './testing/plain-lstm.js';

createRequire(import.meta.url)('@tensorflow/tfjs-core/dist/register_all_gradients.js');
await tf.setBackend('wasm');
tf.enableProdMode();
const [T, B, F, U] = [30, 256, 14, 64];
const x = tf.randomNormal<tf.Rank.R3>([T, B, F], 0, 1, 'float32', 1);
const w = tf.randomNormal<tf.Rank.R2>([U + F + 1, 4 * U], 0, 0.1, 'float32', 2);
const custom = (w: tf.Tensor): tf.Scalar =>
  tf.sum(lstmLayer(x, w as tf.Tensor2D, { output: 'last-step', inputGradient: false }));
const plain = (w: tf.Tensor): tf.Scalar => tf.sum(plainLstm(x, w as tf.Tensor2D, 'last-step'));
function time(f: (w: tf.Tensor) => tf.Scalar) {
  const start = performance.now();
  tf.tidy(() => {
    const { grad } = tf.valueAndGrad(f)(w);
    grad.dataSync();
  });
  return performance.now() - start;
}
function timeF(f: (w: tf.Tensor) => tf.Scalar) {
  const start = performance.now();
  tf.tidy(() => {
    f(w).dataSync();
  });
  return performance.now() - start;
}
const median = (v: number[]) => v.sort((a, b) => a - b)[v.length >> 1]!;
const c: number[] = [],
  p: number[] = [],
  cf: number[] = [];
time(custom);
time(plain);
for (let i = 0; i < 9; i++) {
  c.push(time(custom));
  cf.push(timeF(custom));
  if (i < 5) p.push(time(plain));
}
console.log(
  'custom',
  median(c).toFixed(1),
  'min',
  Math.min(...c).toFixed(1),
  'fwd',
  median(cf).toFixed(1),
  'plain',
  median(p).toFixed(1),
);
console.log(tf.memory().numTensors);
const a = tf.valueAndGrad(custom)(w),
  b = tf.valueAndGrad(plain)(w);
console.log(
  a.value.dataSync()[0],
  b.value.dataSync()[0],
  tf.max(tf.abs(tf.sub(a.grad, b.grad))).dataSync()[0],
  tf.max(tf.abs(b.grad)).dataSync()[0],
);
