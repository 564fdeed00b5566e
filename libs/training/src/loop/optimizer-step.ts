import * as tf from '@tensorflow/tfjs-core';
import { registerGradients } from '../backend/op-gradients.js';
import { tidyAll } from '../backend/tidy.js';
import type { Dropout, SequenceNetwork } from '../sequence/network.js';
import { toTensors, type NetworkWeights } from '../sequence/network-weights.js';
import { adamStep, initialAdamState, type AdamState } from './adam.js';
import { clipFactor, gradientNorm } from './clip-gradients.js';
import type { LossTerm } from './losses.js';
import { tapeLoss } from './tape-loss.js';

/** One batch on its way through the network. */
export interface Batch {
  /** Scaled windows, time first, shape [T, B, F]. */
  readonly x: tf.Tensor3D;
  /** Scaled targets, shape [B]. */
  readonly targets: Float32Array;
}

/** How a step is made. */
export interface StepOptions {
  readonly loss: readonly LossTerm[];
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly gradientClip: number;
  readonly dropout?: Dropout;
}

/** What came of a step. */
export interface StepReport {
  /** Of the batch, before the step. */
  readonly loss: number;
  /** Common norm of all gradients, before clipping. */
  readonly gradientNorm: number;
  /** Name of the first weight whose gradient is not finite. The weights are then as they were. */
  readonly brokenGradient?: string;
}

/** A network that learns: its weights, their copies on the backend, and what the optimiser remembers. */
export class Learner {
  readonly #network: SequenceNetwork;
  /** Changed in place by every step. */
  readonly #values: readonly Float32Array[];
  #tensors: tf.Tensor[];
  #adam: AdamState;

  /** Starts from copies of the weights, and of the state when the training goes on. */
  constructor(network: SequenceNetwork, weights: NetworkWeights, adam?: AdamState) {
    registerGradients();
    this.#network = network;
    this.#values = weights.map(({ values }) => values.slice());
    this.#adam = adam ? copyOf(adam) : initialAdamState(this.#values);
    this.#tensors = toTensors(this.weights());
  }

  /** Learns from one batch. */
  learn(batch: Batch, options: StepOptions): StepReport {
    const { loss, gradients } = this.#lossAndGradients(batch, options);
    const norm = gradientNorm(gradients);
    if (!Number.isFinite(norm)) return { loss, gradientNorm: norm, ...this.#brokenAmong(gradients) };
    const parameters = this.#network.parameters.map(({ decays }, index) => {
      return { values: this.#values[index]!, gradient: gradients[index]!, decays };
    });
    const gradientFactor = clipFactor(norm, options.gradientClip);
    this.#adam = adamStep(parameters, this.#adam, { ...options, gradientFactor });
    tf.dispose(this.#tensors);
    this.#tensors = toTensors(this.weights());
    return { loss, gradientNorm: norm };
  }

  /** Output for scaled windows, shape [B, O], nothing dropped. */
  outputs(x: tf.Tensor3D): Float32Array {
    return tidyAll(() => Float32Array.from(this.#network.apply(this.#tensors, x).dataSync()));
  }

  /** A copy of the weights as they are. */
  weights(): NetworkWeights {
    return this.#named(this.#values);
  }

  /** A copy of what the optimiser remembers. */
  optimizer(): { steps: number; firstMoments: NetworkWeights; secondMoments: NetworkWeights } {
    const { step, firstMoments, secondMoments } = this.#adam;
    return { steps: step, firstMoments: this.#named(firstMoments), secondMoments: this.#named(secondMoments) };
  }

  /** Frees what is held on the backend. */
  dispose(): void {
    tf.dispose(this.#tensors);
  }

  #lossAndGradients({ x, targets }: Batch, { loss, dropout }: StepOptions) {
    return tidyAll(() => {
      const lossOf = (...weights: tf.Tensor[]) => tapeLoss(loss, this.#network.apply(weights, x, dropout), targets);
      const { value, grads } = tf.valueAndGrads(lossOf)(this.#tensors);
      return { loss: value.dataSync()[0]!, gradients: grads.map((gradient) => gradient.dataSync<'float32'>()) };
    });
  }

  #brokenAmong(gradients: readonly Float32Array[]): { brokenGradient: string } {
    const index = gradients.findIndex((gradient) => !Number.isFinite(gradientNorm([gradient])));
    return { brokenGradient: this.#network.parameters[index]!.name };
  }

  #named(values: readonly Float32Array[]): NetworkWeights {
    return this.#network.parameters.map(({ name, shape }, index) => ({ name, shape, values: values[index]!.slice() }));
  }
}

function copyOf({ step, firstMoments, secondMoments }: AdamState): AdamState {
  const copies = (arrays: readonly Float32Array[]): Float32Array[] => arrays.map((array) => array.slice());
  return { step, firstMoments: copies(firstMoments), secondMoments: copies(secondMoments) };
}
