/**
 * Processor milliseconds (and, in brackets, wall-clock ones) per training step (forward, backward, clipping, Adam) of our LSTM layer and of the same layer
 * differentiated by TensorFlow.js, in turn, on the WebAssembly backend: batch 256, window 30 x 14, hidden size 64.
 *
 *   npx nx run @i-drill/training:bench
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

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function summary({ cpuMs, wallMs }: { readonly cpuMs: readonly number[]; readonly wallMs: readonly number[] }): string {
  const [cpu, wall] = [median(cpuMs), median(wallMs)];
  const perSecond = (1000 * batchSize) / cpu;
  return `${cpu.toFixed(0)} ms, best ${Math.min(...cpuMs).toFixed(0)} (${wall.toFixed(0)} ms), ${perSecond.toFixed(0)} windows per processor second`;
}

const { name } = await selectBackend(['wasm']);
createRequire(import.meta.url)('@tensorflow/tfjs-core/dist/register_all_gradients.js');
const batch = {
  x: tf.randomNormal<tf.Rank.R3>([steps, batchSize, features], 0, 1, 'float32', 3),
  y: tf.randomNormal<tf.Rank.R2>([batchSize, 1], 0, 1, 'float32', 4),
};
const variants = [
  {
    name: 'own gradient',
    learn: (learner: Learner) => learn(learner, batch, options),
    cpuMs: [] as number[],
    wallMs: [] as number[],
  },
  {
    name: 'TensorFlow.js gradient',
    learn: (learner: Learner) => learnPlainly(learner, batch),
    cpuMs: [] as number[],
    wallMs: [] as number[],
  },
].map((variant) => ({ ...variant, learner: newLearner(weights()), loss: NaN }));

for (let round = 0; round < rounds; round++) {
  for (const variant of variants) {
    const [cpuStart, start] = [process.cpuUsage(), performance.now()];
    ({ learner: variant.learner, loss: variant.loss } = variant.learn(variant.learner));
    variant.wallMs.push(performance.now() - start);
    const { user, system } = process.cpuUsage(cpuStart);
    variant.cpuMs.push((user + system) / 1000);
  }
}
console.log(`${name}, Node ${process.version}, batch ${batchSize}, window ${steps} x ${features}, hidden ${units}`);
for (const variant of variants) console.log(`${variant.name}: ${summary(variant)}; loss ${variant.loss.toFixed(5)}`);
