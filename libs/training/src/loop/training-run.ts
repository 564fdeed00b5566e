import { createRng, shuffle } from '@i-drill/numerics';
import type { Rng } from '@i-drill/core';
import * as tf from '@tensorflow/tfjs-core';
import { initialWeights } from '../sequence/initial-weights.js';
import { fromTensors, toTensors } from '../sequence/lstm-tensors.js';
import type { LstmWeights } from '../sequence/lstm-weights.js';
import { requireFiniteLoss } from './check-training.js';
import { networkOutputs } from './network-outputs.js';
import { disposeLearner, learn, newLearner, type Learner } from './optimizer-step.js';
import { scaledInputs, scaledTargets } from './scaled-windows.js';
import type { TrainingRequest } from './training-types.js';

/** What a network says on the validation part. */
export interface Validation {
  /** Mean squared error in scaled units. */
  readonly loss: number;
  /** Scaled, shape [count]. */
  readonly outputs: Float32Array;
}

/** A network being trained: its weights on the backend, and the order in which it sees the windows. */
export class TrainingRun {
  readonly #request: TrainingRequest;
  readonly #rng: Rng;
  readonly #trainTargets: Float32Array;
  /** Scaled, shape [count]. */
  readonly validationTargets: Float32Array;
  #learner: Learner;

  constructor(request: TrainingRequest) {
    const { settings, preprocessing } = request;
    this.#request = request;
    this.#rng = createRng(settings.seed);
    this.#trainTargets = scaledTargets(request.train, preprocessing);
    this.validationTargets = scaledTargets(request.validation, preprocessing);
    const shape = { ...settings, features: preprocessing.features.length };
    this.#learner = newLearner(toTensors(initialWeights(shape, this.#rng)));
  }

  /**
   * One pass over the training windows in a new order.
   *
   * @returns the mean loss, or `interrupted` when the signal was aborted
   */
  async trainEpoch(epoch: number, learningRate: number): Promise<number | 'interrupted'> {
    const { train, settings, signal } = this.#request;
    const order = shuffle(Array.from({ length: train.count }, (_, index) => index), this.#rng); // prettier-ignore
    let lossSum = 0;
    for (let start = 0; start < order.length; start += settings.batchSize) {
      const chosen = order.slice(start, start + settings.batchSize);
      const loss = this.#trainBatch(chosen, learningRate);
      requireFiniteLoss(loss, epoch, learningRate);
      lossSum += loss * chosen.length;
      await tf.nextFrame(); // lets the process hear a signal
      if (signal?.aborted) return 'interrupted';
    }
    return lossSum / order.length;
  }

  /** Judges the weights as they are. */
  validate(): Validation {
    const { validation, preprocessing } = this.#request;
    const outputs = networkOutputs(this.#learner.weights, validation, preprocessing);
    const errors = outputs.map((output, index) => (output - this.validationTargets[index]!) ** 2);
    return { outputs, loss: errors.reduce((sum, error) => sum + error, 0) / errors.length };
  }

  /** A copy of the weights as they are. */
  weights(): LstmWeights {
    return fromTensors(this.#learner.weights);
  }

  dispose(): void {
    disposeLearner(this.#learner);
  }

  #trainBatch(chosen: readonly number[], learningRate: number): number {
    const { train, preprocessing, settings } = this.#request;
    const x = scaledInputs(train, chosen, preprocessing);
    const y = tf.tensor2d(Float32Array.from(chosen, (index) => this.#trainTargets[index]!), [chosen.length, 1]); // prettier-ignore
    const { gradientClip } = settings;
    const { learner, loss } = learn(this.#learner, { x, y }, { learningRate, gradientClip });
    this.#learner = learner;
    tf.dispose([x, y]);
    return loss;
  }
}
