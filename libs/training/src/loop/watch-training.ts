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
}

/**
 * Stops at a loss that is not a number, and at one that is 1000 times what an output of 0 would have: no later step
 * repairs such weights.
 *
 * @throws TrainingError `TRAINING_DIVERGED`
 */
export function requireBoundedLoss(loss: number, referenceLoss: number, { epoch, learningRate }: TrainingPlace): void {
  if (loss <= explodedTimes * referenceLoss) return; // false for NaN
  const comparison = Number.isFinite(loss) ? `, where an output of 0 would have ${referenceLoss.toPrecision(2)},` : '';
  throw new TrainingError(
    `Cannot go on training: the loss became ${shortNumber(loss)}${comparison} in epoch ${epoch} at learning rate ${learningRate}; ` +
      'lower learningRate or gradientClip, or warm up with the cosine schedule',
    { code: 'TRAINING_DIVERGED', details: { loss, referenceLoss, epoch, learningRate } },
  );
}

/**
 * Stops at a gradient that is NaN or infinite, before it reaches the weights.
 *
 * @throws TrainingError `TRAINING_BROKEN_GRADIENT`
 */
export function requireFiniteGradient(report: StepReport, { epoch, learningRate }: TrainingPlace): void {
  const { brokenGradient: weight, loss } = report;
  if (weight === undefined) return;
  throw new TrainingError(
    `Cannot go on training: the gradient of "${weight}" is not finite in epoch ${epoch} at learning rate ${learningRate}, ` +
      `where the loss is ${shortNumber(loss)}; lower learningRate or the weights of the loss terms`,
    { code: 'TRAINING_BROKEN_GRADIENT', details: { weight, loss, epoch, learningRate } },
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
  throw collapsed(`for ${constantEpochs} epochs, the last of them epoch ${place.epoch}`, place, { constantEpochs });
}

/**
 * Refuses a finished network that says the same for every validation window.
 *
 * @throws TrainingError `TRAINING_COLLAPSED`
 */
export function requireVariedBest(best: BestEpoch, learningRate: number): void {
  if (best.isConstant) throw collapsed(`in the best epoch, ${best.epoch}`, { epoch: best.epoch, learningRate });
}

function collapsed(when: string, { epoch, learningRate }: TrainingPlace, details = {}): TrainingError {
  return new TrainingError(
    `Cannot use the network: its output is as good as constant over the validation windows ${when}, ` +
      `at learning rate ${learningRate}; train longer, change learningRate, or look for features that carry the target`,
    { code: 'TRAINING_COLLAPSED', details: { epoch, learningRate, ...details } },
  );
}

function shortNumber(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(2))) : String(value);
}
