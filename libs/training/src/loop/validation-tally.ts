import type { Preprocessing } from '@i-drill/core';
import { pointColumn, type OutputColumn } from '../sequence/output-columns.js';
import { lossAndSlope, referenceLoss, softmax, type LossTerm } from './losses.js';

/** How a network does on windows it does not learn from. */
export interface ValidationScore {
  /** Mean loss per window, scaled units. */
  readonly loss: number;
  /** Mean of `referenceLoss` per window. */
  readonly referenceLoss: number;
  /** Root of the mean squared error in target units. NaN for classes. */
  readonly rmse: number;
  /** Share of the windows whose most probable class is the right one. NaN where there are no classes. */
  readonly accuracy: number;
  /**
   * Standard deviation of the output over the windows, as a share of that of the targets; for classes the largest such
   * share over the probabilities. Infinite where all targets are equal, since then nothing can be told.
   */
  readonly variation: number;
}

/** Scores a network batch by batch, without keeping the outputs. */
export class ValidationTally {
  readonly #terms: readonly LossTerm[];
  readonly #columns: readonly OutputColumn[];
  readonly #deviations: readonly { readonly output: RunningDeviation; readonly target: RunningDeviation }[];
  #count = 0;
  #lossSum = 0;
  #referenceSum = 0;
  #squaredErrors = 0;
  #rightClasses = 0;

  constructor(terms: readonly LossTerm[], columns: readonly OutputColumn[]) {
    this.#terms = terms;
    this.#columns = columns;
    const tracked = isClassifier(columns) ? columns.length : 1;
    this.#deviations = Array.from({ length: tracked }, () => ({
      output: new RunningDeviation(),
      target: new RunningDeviation(),
    }));
  }

  /**
   * @param outputs of the network, shape [B, O]
   * @param targets scaled, shape [B]
   */
  add(outputs: Float32Array, targets: Float32Array): void {
    this.#count += targets.length;
    this.#lossSum += targets.length * lossAndSlope(this.#terms, outputs, targets).loss;
    this.#referenceSum += targets.length * referenceLoss(this.#terms, this.#columns.length, targets);
    for (let b = 0; b < targets.length; b++) {
      const row = outputs.subarray(b * this.#columns.length, (b + 1) * this.#columns.length);
      if (isClassifier(this.#columns)) this.#addClasses(row, targets[b]!);
      else this.#addPoint(row[pointColumn(this.#columns)]!, targets[b]!);
    }
  }

  score({ targetScaler }: Preprocessing): ValidationScore {
    const classifies = isClassifier(this.#columns);
    return {
      loss: this.#lossSum / this.#count,
      referenceLoss: this.#referenceSum / this.#count,
      rmse: classifies ? NaN : targetScaler.scale[0]! * Math.sqrt(this.#squaredErrors / this.#count),
      accuracy: classifies ? this.#rightClasses / this.#count : NaN,
      variation: this.#variation(),
    };
  }

  #addPoint(output: number, target: number): void {
    this.#squaredErrors += (output - target) ** 2;
    this.#deviations[0]!.output.add(output);
    this.#deviations[0]!.target.add(target);
  }

  #addClasses(logits: Float32Array, label: number): void {
    const { values } = softmax(logits);
    if (values.indexOf(Math.max(...values)) === label) this.#rightClasses++;
    values.forEach((probability, index) => {
      this.#deviations[index]!.output.add(probability);
      this.#deviations[index]!.target.add(index === label ? 1 : 0);
    });
  }

  #variation(): number {
    const varied = this.#deviations.filter(({ target }) => target.value > 0);
    if (varied.length === 0) return Infinity;
    return Math.max(...varied.map(({ output, target }) => output.value / target.value));
  }
}

function isClassifier(columns: readonly OutputColumn[]): boolean {
  return columns[0]?.kind === 'class';
}

/** The population standard deviation of values that are seen once (Welford 1962). */
class RunningDeviation {
  #count = 0;
  #mean = 0;
  #squares = 0;

  get value(): number {
    return Math.sqrt(this.#squares / this.#count);
  }

  add(value: number): void {
    this.#count++;
    const distance = value - this.#mean;
    this.#mean += distance / this.#count;
    this.#squares += distance * (value - this.#mean);
  }
}
