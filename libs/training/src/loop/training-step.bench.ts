/**
 * Milliseconds per training step (forward, backward, clipping, Adam) of our LSTM layer and of the same layer
 * differentiated by TensorFlow.js, in turn, on the WebAssembly backend: batch 256, window 30 x 14, hidden size 64.
 *
 *   npx tsx libs/training/src/loop/training-step.bench.ts
 */
import * as tf from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';
import { selectBackend } from '../backend/select-backend.js';
import { tidy } from '../backend/tidy.js';
import { linearHead } from '../sequence/linear-head.js';
import { plainLstm } from '../sequence/testing/plain-lstm.js';
import { adamStep } from './adam.js';
import { clipGradients } from './clip-gradients.js';
import { disposeLearner, learn, newLearner, type Batch, type Learner } from './optimizer-step.js';

const [steps, batchSize, features, units] = [30, 256, 14, 64];
const options = { learningRate: 1e-3, gradientClip: 1 };
const rounds = 15;

function weights(): tf.Tensor[] {
  return [
    tf.randomUniform([units + features + 1, 4 * units], -0.1, 0.1, 'float32', 1),
    tf.randomUniform([units, 1], -0.1, 0.1, 'float32', 2),
    tf.zeros([1]),
  ];
}

function learnPlainly(learner: Learner, { x, y }: Batch): { learner: Learner; loss: number } {
  const next = tidy(() => {
    const { value, grads } = tf.valueAndGrads((lstm, kernel, bias) => {
      const h = plainLstm(x, lstm as tf.Tensor2D, 'last-step') as tf.Tensor2D;
      return tf.mean(tf.squaredDifference(linearHead(h, kernel as tf.Tensor2D, bias as tf.Tensor1D), y));
    })([...learner.weights]);
    const clipped = clipGradients(grads, options.gradientClip);
    const { weights: moved, state } = adamStep(learner.weights, clipped, learner.adam, options.learningRate);
    return { learner: { weights: moved, adam: state }, loss: value.dataSync()[0]! };
  });
  disposeLearner(learner);
  return next;
}

function summary(milliseconds: readonly number[]): string {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)]!;
  return `${median.toFixed(0)} ms (best ${sorted[0]!.toFixed(0)}), ${((1000 * batchSize) / median).toFixed(0)} windows/s`;
}

const { name } = await selectBackend(['wasm']);
createRequire(import.meta.url)('@tensorflow/tfjs-core/dist/register_all_gradients.js');
const batch = {
  x: tf.randomNormal<tf.Rank.R3>([steps, batchSize, features], 0, 1, 'float32', 3),
  y: tf.randomNormal<tf.Rank.R2>([batchSize, 1], 0, 1, 'float32', 4),
};
const variants = [
  { name: 'own gradient', learn: (learner: Learner) => learn(learner, batch, options), ms: [] as number[] },
  { name: 'TensorFlow.js gradient', learn: (learner: Learner) => learnPlainly(learner, batch), ms: [] as number[] },
].map((variant) => ({ ...variant, learner: newLearner(weights()), loss: NaN }));

for (let round = 0; round < rounds; round++) {
  for (const variant of variants) {
    const start = performance.now();
    ({ learner: variant.learner, loss: variant.loss } = variant.learn(variant.learner));
    variant.ms.push(performance.now() - start);
  }
}
console.log(`${name}, Node ${process.version}, batch ${batchSize}, window ${steps} x ${features}, hidden ${units}`);
for (const { name, ms, loss } of variants) console.log(`${name}: ${summary(ms)}; loss ${loss.toFixed(5)}`);
