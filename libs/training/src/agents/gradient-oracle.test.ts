import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { createDenseNetwork, denseOffsets, type DenseLayer, type DenseNetwork } from '@i-drill/kernels';
import { normalsAt } from '@i-drill/numerics';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { denseLayers } from './dense-layers.js';
import { uniformWeights } from './initial-weights.js';
import { noiseStream } from './noise-streams.js';
import { categorical } from './ppo/categorical.js';
import { diagonalGaussian } from './ppo/diagonal-gaussian.js';
import { policyLoss, valueLoss } from './ppo/ppo-loss.js';
import { replayBatch } from './sac/replay-buffer.js';
import { sacDefaults } from './sac/sac-settings.js';
import { softUpdate } from './sac/soft-update.js';
import { createSoftNetworks } from './sac/soft-networks.js';

// Losses written once more, as operations of TensorFlow.js, which derives them through the whole network by itself.

const rows = 32;
const observed = 5;

beforeAll(async () => {
  await selectBackend(['cpu']);
});

/** Numbers that do not repeat, about −1 to 1. */
function numbers(count: number, stream: number): Float32Array {
  const drawn = new Float64Array(count);
  normalsAt(drawn, 7, stream, 0);
  return Float32Array.from(drawn, (value) => 0.7 * value);
}

function network(outputs: number, activation: 'tanh' | 'relu'): DenseNetwork {
  const layers = denseLayers({ inputs: observed, hidden: [16, 16], outputs, activation });
  const created = createDenseNetwork(layers, { maxRows: rows });
  created.parameters.set(uniformWeights(layers, { seed: 3, network: 0 }));
  return created;
}

/** The network as operations of a flat array of parameters. */
function answers(layers: readonly DenseLayer[], parameters: tf.Tensor1D, x: tf.Tensor2D): tf.Tensor2D {
  const { offsets } = denseOffsets(layers);
  return layers.reduce((values, { inputs, outputs, activation }, i) => {
    const weights = tf.reshape(tf.slice(parameters, offsets[i]!, inputs * outputs), [inputs, outputs]);
    const sums = tf.add(tf.matMul(values, weights), tf.slice(parameters, offsets[i]! + inputs * outputs, outputs));
    const activated = { linear: sums, relu: tf.relu(sums), tanh: tf.tanh(sums) }[activation];
    return activated as tf.Tensor2D;
  }, x);
}

/** The derivative of a loss for the parameters. */
function derivative(parameters: Float32Array, loss: (parameters: tf.Tensor1D) => tf.Tensor): Float32Array {
  return tf.tidy(
    () =>
      tf
        .grad((p) => loss(p as tf.Tensor1D))(tf.tensor1d(parameters))
        .dataSync() as Float32Array,
  );
}

/** Equal to 1e-4 of the largest, and not all of them 0. */
function expectSame(own: Float32Array, oracle: Float32Array): void {
  const largest = Math.max(...oracle.map(Math.abs));
  expect(largest).toBeGreaterThan(1e-4);
  expect(own).toHaveLength(oracle.length);
  own.forEach((value, i) => {
    expect(Math.abs(value - oracle[i]!) / largest).toBeLessThan(1e-4);
  });
}

const x = numbers(rows * observed, 1);
const states = (): tf.Tensor2D => tf.tensor2d(x, [rows, observed]);
const column = (values: Float32Array): tf.Tensor1D => tf.tensor1d(values);

describe('proximal policy optimisation', () => {
  const options = { clipRange: 0.1, entropyCoefficient: 0.02 };
  const advantages = numbers(rows, 2);

  function surrogate(logChances: tf.Tensor, before: Float32Array, entropy: tf.Tensor): tf.Tensor {
    const ratio = tf.exp(tf.sub(logChances, column(before)));
    const clipped = tf.clipByValue(ratio, 1 - options.clipRange, 1 + options.clipRange);
    const least = tf.minimum(tf.mul(ratio, column(advantages)), tf.mul(clipped, column(advantages)));
    return tf.neg(tf.add(tf.mean(least), tf.mul(options.entropyCoefficient, tf.mean(entropy))));
  }

  it('derives its loss of choices as TensorFlow.js does', () => {
    const actor = network(3, 'tanh');
    const actions = Float32Array.from({ length: rows }, (_, i) => i % 3);
    const logProbabilities = numbers(rows, 3).map((value) => -1.1 + 0.2 * value);
    const slopes = new Float32Array(3 * rows);
    const outputs = actor.forward(x, rows);
    const { clippedShare } = policyLoss(categorical(3), { rows, outputs, actions, logProbabilities, advantages }, options, slopes); // prettier-ignore
    actor.backward(slopes, rows);
    expect(clippedShare).toBeGreaterThan(0.2);
    expect(clippedShare).toBeLessThan(0.9);
    const oracle = derivative(actor.parameters, (parameters) => {
      const logits = answers(actor.layers, parameters, states());
      const all = tf.sub(logits, tf.logSumExp(logits, 1, true));
      const chosen = Array.from(actions, (action) => [0, 1, 2].map((k) => (k === action ? 1 : 0)));
      const taken = tf.sum(tf.mul(all, tf.tensor2d(chosen)), 1);
      return surrogate(taken, logProbabilities, tf.neg(tf.sum(tf.mul(tf.exp(all), all), 1)));
    });
    expectSame(actor.gradients, oracle);
  });

  it('derives its loss of normal deviates, for the network and the spreads', () => {
    const actor = network(2, 'tanh');
    const actions = numbers(2 * rows, 4);
    const [logSpreads, spreadSlopes] = [Float32Array.of(-0.3, 0.2), new Float32Array(2)];
    const distribution = diagonalGaussian(logSpreads, spreadSlopes);
    const outputs = actor.forward(x, rows);
    const logProbabilities = numbers(rows, 5).map(
      (value, row) => distribution.evaluate(outputs, row, actions).logProbability + 0.2 * value,
    );
    const slopes = new Float32Array(2 * rows);
    policyLoss(distribution, { rows, outputs, actions, logProbabilities, advantages }, options, slopes);
    actor.backward(slopes, rows);
    const loss = (parameters: tf.Tensor1D, spreads: tf.Tensor1D): tf.Tensor => {
      const means = answers(actor.layers, parameters, states());
      const away = tf.div(tf.sub(tf.tensor2d(actions, [rows, 2]), means), tf.exp(spreads));
      const each = tf.add(tf.mul(0.5, tf.square(away)), tf.add(spreads, 0.5 * Math.log(2 * Math.PI)));
      const entropy = tf.sum(tf.add(spreads, 0.5 * Math.log(2 * Math.PI * Math.E)));
      return surrogate(tf.neg(tf.sum(each, 1)), logProbabilities, entropy);
    };
    expectSame(
      actor.gradients,
      derivative(actor.parameters, (p) => loss(p, column(logSpreads))),
    );
    expectSame(
      spreadSlopes,
      derivative(logSpreads, (spreads) => loss(column(actor.parameters), spreads)),
    );
  });

  it('derives the loss of its critic', () => {
    const critic = network(1, 'tanh');
    const [returns, slopes] = [numbers(rows, 6), new Float32Array(rows)];
    valueLoss({ rows, values: critic.forward(x, rows), returns }, 0.5, slopes);
    critic.backward(slopes, rows);
    const oracle = derivative(critic.parameters, (parameters) => {
      const values = tf.squeeze(answers(critic.layers, parameters, states()), [1]);
      return tf.mul(0.5, tf.mean(tf.square(tf.sub(values, column(returns)))));
    });
    expectSame(critic.gradients, oracle);
  });
});

describe('soft actor-critic', () => {
  it('takes the gradients of one whole update as TensorFlow.js does, critics, actor and temperature', () => {
    const width = 2;
    const settings = { ...sacDefaults, hidden: [16, 16], batchSize: rows, seed: 3 };
    const networks = createSoftNetworks(observed, width, settings);
    const { actor, critics, targets, logTemperature } = networks;
    logTemperature.parameters[1] = Math.log(0.4);
    const batch = replayBatch(rows, { observations: observed, actions: width });
    batch.observations.set(x);
    batch.observationsNext.set(numbers(rows * observed, 8));
    batch.actions.set(numbers(rows * width, 9).map(Math.tanh));
    batch.rewards.set(numbers(rows, 10));
    batch.terminal.set(Float32Array.from({ length: rows }, (_, i) => (i % 5 === 0 ? 1 : 0)));
    const first = critics.map(({ parameters }) => parameters.slice());
    const slow = targets.map(({ parameters }) => parameters.slice());
    const before = actor.parameters.slice();
    softUpdate(networks, settings)(batch, { update: 0, learningRate: 1e-2 });

    const matrix = (values: Float32Array): tf.Tensor2D => tf.tensor2d(values, [rows, values.length / rows]);
    const draw = (parameters: tf.Tensor1D, seen: Float32Array, step: number): [tf.Tensor2D, tf.Tensor] => {
      const noise = new Float64Array(rows * width);
      normalsAt(noise, settings.seed, noiseStream('update'), step);
      const epsilon = matrix(Float32Array.from(noise));
      const [means, raw] = tf.split(answers(actor.layers, parameters, matrix(seen)), 2, 1) as [tf.Tensor2D, tf.Tensor2D]; // prettier-ignore
      const logSpreads = tf.clipByValue(raw, -20, 2);
      const actions = tf.tanh(tf.add(means, tf.mul(tf.exp(logSpreads), epsilon)));
      const density = tf.add(tf.add(tf.mul(0.5, tf.square(epsilon)), logSpreads), 0.5 * Math.log(2 * Math.PI));
      const logChances = tf.neg(tf.sum(tf.add(density, tf.log(tf.sub(1, tf.square(actions)))), 1));
      return [actions as tf.Tensor2D, logChances];
    };
    const value = (parameters: Float32Array | tf.Tensor1D, seen: Float32Array, actions: tf.Tensor2D): tf.Tensor => {
      const flat = parameters instanceof Float32Array ? column(parameters) : parameters;
      return tf.squeeze(answers(critics[0].layers, flat, tf.concat([matrix(seen), actions], 1)), [1]);
    };
    const lower = ([a, b]: readonly Float32Array[], seen: Float32Array, actions: tf.Tensor2D): tf.Tensor =>
      tf.minimum(value(a!, seen, actions), value(b!, seen, actions));
    for (const [i, critic] of critics.entries()) {
      const oracle = derivative(first[i]!, (parameters) => {
        const [actions, logChances] = draw(column(before), batch.observationsNext, 1);
        const ahead = tf.sub(lower(slow, batch.observationsNext, actions), tf.mul(0.4, logChances));
        const goes = tf.mul(settings.gamma, tf.sub(1, column(batch.terminal)));
        const targetValues = tf.add(column(batch.rewards), tf.mul(goes, ahead));
        const values = value(parameters, batch.observations, matrix(batch.actions));
        return tf.mul(0.5, tf.mean(tf.square(tf.sub(values, targetValues))));
      });
      expectSame(critic.gradients, oracle);
    }
    const moved = critics.map(({ parameters }) => parameters);
    const oracle = derivative(before, (parameters) => {
      const [actions, logChances] = draw(parameters, batch.observations, 0);
      return tf.mean(tf.sub(tf.mul(0.4, logChances), lower(moved, batch.observations, actions)));
    });
    expectSame(actor.gradients, oracle);
    const hotter = derivative(Float32Array.of(Math.log(0.4)), (logAlpha) => {
      const [, logChances] = draw(column(before), batch.observations, 0);
      return tf.neg(tf.mean(tf.mul(tf.sum(logAlpha), tf.sub(logChances, width))));
    });
    expect(logTemperature.gradients[1]! / hotter[0]!).toBeCloseTo(1, 4);
  });
});
