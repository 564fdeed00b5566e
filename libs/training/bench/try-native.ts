/** Trains a small LSTM on tfjs-node for a few steps; fails unless the loss falls. What `npm run native` ends with. */
import { createRng, normal } from '@i-drill/numerics';
import * as tf from '@tensorflow/tfjs-core';
import { selectBackend } from '../src/backend/select-backend.js';
import { Learner } from '../src/loop/optimizer-step.js';
import { buildNetwork } from '../src/sequence/build-network.js';

const [steps, windows, features] = [30, 256, 14];
const rng = createRng(1);

const { tensorflowVersion } = await selectBackend(['tfjs-node']);
const shape = { windowLength: steps, features, outputs: 1 };
const network = buildNetwork({ type: 'lstm', hiddenSize: 64, numLayers: 1, dropout: 0 }, shape);
const weights = network.parameters.map((spec) => ({ ...spec, values: spec.initial(rng) }));
const inputs = Float32Array.from({ length: steps * windows * features }, () => normal(rng));
const batch = {
  x: tf.tensor3d(inputs, [steps, windows, features]),
  targets: inputs.slice(-windows), // of the last step
};
const options = { loss: [{ type: 'mse' }], learningRate: 0.01, weightDecay: 0, gradientClip: 1 } as const;

const learner = new Learner(network, weights);
const startedAt = performance.now();
const losses = Array.from({ length: 20 }, () => learner.learn(batch, options).loss);
const stepMs = (performance.now() - startedAt) / losses.length;

const [first, last] = [losses[0]!, losses.at(-1)!];
if (!(last < 0.9 * first)) throw new Error(`the loss went from ${first} to ${last} in ${losses.length} steps`);
console.log(
  `LSTM on tfjs-node, TensorFlow ${tensorflowVersion ?? 'of unknown version'}: ` +
    `loss ${first.toFixed(3)} to ${last.toFixed(3)} in ${losses.length} steps of ${stepMs.toFixed(0)} ms`,
);
