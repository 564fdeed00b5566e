import { createRng } from '@i-drill/numerics';
import * as tf from '@tensorflow/tfjs-core';
import { buildNetwork } from '../sequence/build-network.js';
import type { SequenceNetwork } from '../sequence/network.js';
import type { NetworkWeights } from '../sequence/network-weights.js';
import type { OutputColumn } from '../sequence/output-columns.js';
import type { AdamState } from './adam.js';
import { requireAllWindows } from './check-windows.js';
import type { TrainingCheckpoint } from './checkpoint.js';
import { dropoutFrom } from './dropout.js';
import { outputColumns, referenceLoss } from './losses.js';
import { windowsPerPass } from './network-outputs.js';
import { Learner, type StepReport } from './optimizer-step.js';
import { randomStream } from './random-streams.js';
import { scaledBatch, scaledTargets } from './scaled-windows.js';
import { learningRateAt } from './schedules.js';
import type { TrainingRequest } from './training-types.js';
import { ValidationTally, type ValidationScore } from './validation-tally.js';
import { requireBoundedLoss, requireFiniteGradient } from './watch-training.js';
import type { WindowBatch, WindowSource } from './window-source.js';

/** A pass over the training windows. */
export interface EpochReport {
  /** Mean loss per window. */
  readonly loss: number;
  /** The largest of the epoch. */
  readonly learningRate: number;
}

/** Which pass it is. */
export interface EpochStart {
  /** Counts from 1. */
  readonly epoch: number;
  /** How often a plateau has halved the learning rate. */
  readonly halvings: number;
}

/** What is learned from and what is judged by. */
export interface TrainingParts {
  readonly train: WindowSource;
  readonly validation: WindowSource;
}

/** A network in training: what it learns from, and its weights. */
export class TrainingRun {
  readonly columns: readonly OutputColumn[];
  readonly #train: WindowSource;
  readonly #validation: WindowSource;
  readonly #request: TrainingRequest;
  readonly #learner: Learner;

  constructor(request: TrainingRequest, { train, validation }: TrainingParts) {
    const { settings, preprocessing, architecture, resumeFrom } = request;
    this.#request = request;
    this.#train = train;
    this.#validation = validation;
    this.columns = outputColumns(settings.loss, preprocessing.classes);
    const { windowLength, features } = preprocessing;
    const shape = { windowLength, features: features.length, outputs: this.columns.length };
    const network = buildNetwork(architecture, shape);
    this.#learner = resumeFrom
      ? new Learner(network, resumeFrom.weights, adamStateOf(resumeFrom))
      : new Learner(network, initialWeights(network, settings.seed));
  }

  /**
   * One pass over the training windows, in an order drawn from seed and epoch.
   *
   * @returns `interrupted` when the signal was aborted
   * @throws TrainingError `TRAINING_DIVERGED`, `TRAINING_BROKEN_GRADIENT`
   */
  async trainEpoch(start: EpochStart): Promise<EpochReport | 'interrupted'> {
    const { settings, signal } = this.#request;
    const { batchSize, seed } = settings;
    const rng = randomStream(seed, 'order', start.epoch);
    let [step, given, lossSum, largestRate] = [0, 0, 0, 0];
    for await (const batch of this.#train.batches({ batchSize, rng })) {
      const learningRate = this.#learningRateOf(start, step);
      const report = this.#learn(batch, { ...start, learningRate, step });
      lossSum += report.loss * batch.count;
      given += batch.count;
      largestRate = Math.max(largestRate, learningRate);
      step++;
      await tf.nextFrame(); // lets the process hear a signal
      if (signal?.aborted) return 'interrupted';
    }
    requireAllWindows('training', given, this.#train);
    return { loss: lossSum / given, learningRate: largestRate };
  }

  /** Scores the weights as they are, in one pass over the validation windows. */
  async validate(): Promise<ValidationScore> {
    const { settings, preprocessing } = this.#request;
    const tally = new ValidationTally(settings.loss, this.columns);
    let given = 0;
    for await (const batch of this.#validation.batches({ batchSize: windowsPerPass })) {
      const x = scaledBatch(batch, preprocessing);
      try {
        tally.add(this.#learner.outputs(x), scaledTargets(batch, preprocessing));
      } finally {
        x.dispose();
      }
      given += batch.count;
      await tf.nextFrame();
    }
    requireAllWindows('validation', given, this.#validation);
    return tally.score(preprocessing);
  }

  /** How many there are to learn from and to judge by. */
  get windows(): TrainingCheckpoint['windows'] {
    return { training: this.#train.count, validation: this.#validation.count };
  }

  /** A copy of the weights as they are. */
  weights(): NetworkWeights {
    return this.#learner.weights();
  }

  /** A copy of what the optimiser remembers. */
  optimizer(): Pick<TrainingCheckpoint, 'steps' | 'firstMoments' | 'secondMoments'> {
    return this.#learner.optimizer();
  }

  dispose(): void {
    this.#learner.dispose();
  }

  #learningRateOf({ epoch, halvings }: EpochStart, step: number): number {
    const { settings } = this.#request;
    const stepLength = 1 / Math.ceil(this.#train.count / settings.batchSize);
    return learningRateAt(settings, { elapsed: epoch - 1 + step * stepLength, halvings }, stepLength);
  }

  #learn(batch: WindowBatch, place: { epoch: number; learningRate: number; step: number }): StepReport {
    const { preprocessing, settings } = this.#request;
    const { loss, weightDecay, gradientClip, seed } = settings;
    const { epoch, learningRate, step } = place;
    const targets = scaledTargets(batch, preprocessing);
    const dropout = dropoutFrom(randomStream(seed, 'dropout', epoch, step));
    const x = scaledBatch(batch, preprocessing);
    try {
      const options = { loss, learningRate, weightDecay, gradientClip, dropout };
      const report = this.#learner.learn({ x, targets }, options);
      const where = { epoch, learningRate, seed };
      requireBoundedLoss(report.loss, referenceLoss(loss, this.columns.length, targets), where);
      requireFiniteGradient(report, where);
      return report;
    } finally {
      x.dispose();
    }
  }
}

function initialWeights({ parameters }: SequenceNetwork, seed: number): NetworkWeights {
  const rng = createRng(seed);
  return parameters.map(({ name, shape, initial }) => ({ name, shape, values: initial(rng) }));
}

function adamStateOf({ steps, firstMoments, secondMoments }: TrainingCheckpoint): AdamState {
  const valuesOf = (moments: NetworkWeights): Float32Array[] => moments.map(({ values }) => values);
  return { step: steps, firstMoments: valuesOf(firstMoments), secondMoments: valuesOf(secondMoments) };
}
