import * as tf from '@tensorflow/tfjs-core';
import { tidy } from '../backend/tidy.js';
import { lossAndGradients, type LstmTensors } from '../sequence/lstm-network.js';
import { adamStep, initialAdamState, type AdamState } from './adam.js';
import { clipGradients } from './clip-gradients.js';

/** Weights and what the optimiser remembers of them. */
export interface Learner {
  readonly weights: LstmTensors;
  readonly adam: AdamState;
}

/** One batch on the backend. */
export interface Batch {
  /** Scaled windows, time first, shape [T, B, F]. */
  readonly x: tf.Tensor3D;
  /** Scaled targets, shape [B, 1]. */
  readonly y: tf.Tensor2D;
}

/** How far a step goes. */
export interface StepOptions {
  readonly learningRate: number;
  readonly gradientClip: number;
}

/** A learner that has seen nothing. It takes the weights over. */
export function newLearner(weights: LstmTensors): Learner {
  return { weights, adam: initialAdamState(weights) };
}

/** Frees everything a learner holds on the backend. */
export function disposeLearner({ weights, adam }: Learner): void {
  tf.dispose([...weights, ...adam.firstMoments, ...adam.secondMoments]);
}

/** Learns from one batch. The old learner is used up. */
export function learn(learner: Learner, batch: Batch, options: StepOptions): { learner: Learner; loss: number } {
  const next = tidy(() => {
    const { loss, gradients } = lossAndGradients(learner.weights, batch.x, batch.y);
    const clipped = clipGradients(gradients, options.gradientClip);
    const { weights, state } = adamStep(learner.weights, clipped, learner.adam, options.learningRate);
    return { learner: { weights, adam: state }, loss: loss.dataSync()[0]! };
  });
  disposeLearner(learner);
  return next;
}
