import { TrainingError } from '../errors.js';
import type { BestEpoch } from './checkpoint.js';
import { halfOf } from './early-stopping.js';
import type { StepReport } from './optimizer-step.js';

/** Output that varies less than this share of the targets is a constant for every practical purpose. */
const constantShare = 0.01;
/** A loss so many times that of an output of 0 does not come back. */
const explodedTimes = 1000;

/** Where a training stands when something goes wrong. */
export interface TrainingPlace {
  readonly epoch: number;
  readonly learningRate: number;
  /** Of the training, or of the member of an ensemble. */
  readonly seed: number;
}

/**
 * Stops at a loss that is not a number, and at one that is 1000 times what an output of 0 would have: no later step
 * repairs such weights.
 *
 * @throws TrainingError `TRAINING_DIVERGED`
 */
export function requireBoundedLoss(loss: number, referenceLoss: number, place: TrainingPlace): void {
  if (loss <= explodedTimes * referenceLoss) return; // false for NaN
  const comparison = Number.isFinite(loss) ? `, where an output of 0 would have ${referenceLoss.toPrecision(2)},` : '';
  throw new TrainingError(
    `Cannot go on training: the loss became ${shortNumber(loss)}${comparison} in epoch ${inWords(place)}; ` +
      'lower learningRate or gradientClip, or warm up with the cosine schedule',
    { code: 'TRAINING_DIVERGED', details: { loss, referenceLoss, ...place } },
  );
}

/**
 * Stops at a gradient that is NaN or infinite, before it reaches the weights.
 *
 * @throws TrainingError `TRAINING_BROKEN_GRADIENT`
 */
export function requireFiniteGradient(report: StepReport, place: TrainingPlace): void {
  const { brokenGradient: weight, loss } = report;
  if (weight === undefined) return;
  throw new TrainingError(
    `Cannot go on training: the gradient of "${weight}" is not finite in epoch ${inWords(place)}, ` +
      `where the loss is ${shortNumber(loss)}; lower learningRate or the weights of the loss terms`,
    { code: 'TRAINING_BROKEN_GRADIENT', details: { weight, loss, ...place } },
  );
}

/** Whether an output varies so little that it is a constant. */
export function isConstantOutput(variation: number): boolean {
  return variation < constantShare;
}

/**
 * Stops a network that has said the same for every validation window for half the patience, at least 3 epochs.
 *
 * @throws TrainingError `TRAINING_COLLAPSED`
 */
export function requireVariedOutput(constantEpochs: number, patience: number, place: TrainingPlace): void {
  if (constantEpochs < Math.max(3, halfOf(patience))) return;
  throw collapsed(`for ${constantEpochs} epochs, the last of them epoch ${inWords(place)}`, {
    ...place,
    constantEpochs,
  });
}

/**
 * Refuses a finished network that says the same for every validation window.
 *
 * @throws TrainingError `TRAINING_COLLAPSED`
 */
export function requireVariedBest({ epoch, isConstant }: BestEpoch, of: Omit<TrainingPlace, 'epoch'>): void {
  const place = { epoch, ...of };
  if (isConstant) throw collapsed(`in the best epoch, ${inWords(place)}`, place);
}

function collapsed(when: string, details: TrainingPlace & { readonly constantEpochs?: number }): TrainingError {
  return new TrainingError(
    `Cannot use the network: its output is as good as constant over the validation windows ${when}; ` +
      'train longer, change learningRate, or look for features that carry the target',
    { code: 'TRAINING_COLLAPSED', details: { ...details } },
  );
}

function inWords({ epoch, learningRate, seed }: TrainingPlace): string {
  return `${epoch} of seed ${seed} at learning rate ${learningRate}`;
}

function shortNumber(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(2))) : String(value);
}
