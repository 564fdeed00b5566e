/**
 * Takes training steps when asked to, in a process of its own: `<backend> <case file>`. Says in one line of JSON who it is;
 * then answers each line with a number of steps by their times and the last loss.
 */
import * as tf from '@tensorflow/tfjs-core';
import { createInterface } from 'node:readline';
import { selectBackend } from '../src/backend/select-backend.js';
import { Learner } from '../src/loop/optimizer-step.js';
import { buildNetwork } from '../src/sequence/build-network.js';
import { readSpeedCase } from './speed-case-file.js';
import { batchShape, type TimedBackend } from './speed-cases.js';
import type { Introduction, StepTimes } from './step-contestant.js';

const [backend = 'wasm', file = ''] = process.argv.slice(2);
const { steps, windows, features } = batchShape;
const { architecture, weights, inputs, targets, options } = readSpeedCase(file);

const { tensorflowVersion } = await selectBackend([backend as TimedBackend]);
const network = buildNetwork(architecture, { windowLength: steps, features, outputs: 1 });
const learner = new Learner(
  network,
  weights.map((weight) => ({ ...weight, values: Float32Array.from(weight.values) })),
);
const batch = { x: tf.tensor3d(Float32Array.from(inputs), [steps, windows, features]), targets: Float32Array.from(targets) }; // prettier-ignore

function timed(count: number): StepTimes {
  const times = { wallMs: [] as number[], cpuMs: [] as number[], loss: NaN };
  for (let step = 0; step < count; step++) {
    const [processor, start] = [process.cpuUsage(), performance.now()];
    times.loss = learner.learn(batch, options).loss;
    times.wallMs.push(performance.now() - start);
    const { user, system } = process.cpuUsage(processor);
    times.cpuMs.push((user + system) / 1000);
  }
  return times;
}

const introduction: Introduction = {
  version: tensorflowVersion === undefined ? `TensorFlow.js ${tf.version_core}` : `TensorFlow ${tensorflowVersion}`,
  parameters: weights.reduce((sum, { values }) => sum + values.length, 0),
};
console.log(JSON.stringify(introduction));
for await (const line of createInterface(process.stdin)) console.log(JSON.stringify(timed(Number(line))));
