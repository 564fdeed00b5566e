/** Trains on tfjs-node and hears SIGUSR2. Says "ready" before, and afterwards how often it heard it; ends with its input. */
import { createRng, normal } from '@i-drill/numerics';
import * as tf from '@tensorflow/tfjs-core';
import { setImmediate as turn } from 'node:timers/promises';
import { selectBackend } from '../../src/backend/select-backend.js';
import { Learner } from '../../src/loop/optimizer-step.js';
import { buildNetwork } from '../../src/sequence/build-network.js';

const [steps, windows, features] = [30, 256, 14];
let heard = 0;
process.on('SIGUSR2', () => heard++);

await selectBackend(['tfjs-node']);
const rng = createRng(1);
const shape = { windowLength: steps, features, outputs: 1 };
const network = buildNetwork({ type: 'lstm', hiddenSize: 64, numLayers: 1, dropout: 0 }, shape);
const learner = new Learner(network, network.parameters.map((spec) => ({ ...spec, values: spec.initial(rng) }))); // prettier-ignore
const inputs = Float32Array.from({ length: steps * windows * features }, () => normal(rng));
const batch = { x: tf.tensor3d(inputs, [steps, windows, features]), targets: inputs.slice(-windows) };

console.log('ready');
for (let step = 0; step < 40; step++) {
  learner.learn(batch, { loss: [{ type: 'mse' }], learningRate: 0.01, weightDecay: 0, gradientClip: 1 });
  await turn();
}
console.log(`heard ${heard}`);
process.stdin.resume();
