import { requireBackend } from '../backend/require-backend.js';
import type { LstmWeights } from '../sequence/lstm-weights.js';
import {
  requireEnoughWindows,
  requireFiniteLoss,
  requireKnownModelType,
  requireMatchingWindows,
  requireValidSettings,
  requireVariedOutput,
} from './check-training.js';
import { judgeEpoch, type StoppingState } from './early-stopping.js';
import { epochPace } from './epoch-pace.js';
import { TrainingRun, type Validation } from './training-run.js';
import type { EpochProgress, TrainingRequest, TrainingResult } from './training-types.js';

interface BestEpoch {
  readonly epoch: number;
  readonly weights: LstmWeights;
  readonly outputs: Float32Array;
}

interface TrainedNetwork {
  readonly history: EpochProgress[];
  readonly best: BestEpoch | undefined;
  readonly stopped: TrainingResult['stopped'];
}

/**
 * Trains a sequence model: Adam on the mean squared error in scaled units, batches in a new order each epoch, gradients
 * clipped by their common norm. Keeps the weights of the epoch with the lowest validation loss and stops after `patience`
 * epochs without a better one; the learning rate is halved each time half the patience has passed without one. The same
 * seed on the same backend gives the same weights.
 *
 * An aborted signal ends training after the current batch, with the best weights so far (the current ones when no epoch
 * was complete) and without the check for collapse.
 *
 * @throws TrainingError `TRAINING_UNKNOWN_MODEL_TYPE`, `TRAINING_NO_BACKEND`, `TRAINING_TOO_FEW_WINDOWS`,
 *   `TRAINING_DIVERGED` (a loss that is not finite), `TRAINING_COLLAPSED` (an output that is as good as constant)
 * @throws RangeError for settings that are not positive
 */
export async function trainSequenceModel(request: TrainingRequest): Promise<TrainingResult> {
  requireTrainable(request);
  const run = new TrainingRun(request);
  try {
    const { history, best, stopped } = await trainEpochs(run, request);
    if (best && stopped !== 'interrupted') requireVariedOutput(best.outputs, run.validationTargets);
    const weights = best?.weights ?? run.weights();
    const model = { modelType: 'lstm', preprocessing: request.preprocessing, weights } as const;
    return { model, history, bestEpoch: best?.epoch ?? 0, stopped };
  } finally {
    run.dispose();
  }
}

function requireTrainable(request: TrainingRequest): void {
  requireKnownModelType(request.modelType);
  requireValidSettings(request.settings);
  requireEnoughWindows('training', request.train);
  requireEnoughWindows('validation', request.validation);
  requireMatchingWindows('train', request.train, request.preprocessing);
  requireMatchingWindows('train', request.validation, request.preprocessing);
  requireBackend('train');
}

async function trainEpochs(run: TrainingRun, request: TrainingRequest): Promise<TrainedNetwork> {
  const { settings, clock, train } = request;
  const { epochs } = settings;
  const history: EpochProgress[] = [];
  const marksMs = [clock.now()];
  let state: StoppingState = { bestLoss: Infinity, stale: 0, learningRate: settings.learningRate };
  let best: BestEpoch | undefined;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const { learningRate } = state;
    const trainLoss = await run.trainEpoch(epoch, learningRate);
    if (trainLoss === 'interrupted') return { history, best, stopped: 'interrupted' };
    const validation = run.validate();
    requireFiniteLoss(validation.loss, epoch, learningRate);
    marksMs.push(clock.now());
    const step = judgeEpoch(state, validation.loss, settings.patience);
    if (step.best) best = bestEpoch(run, epoch, validation);
    const pace = epochPace(marksMs, train.count, epochs);
    const losses = { trainLoss, validationLoss: validation.loss };
    history.push({ epoch, epochs, ...losses, learningRate, ...pace, best: step.best });
    request.onEpoch?.(history.at(-1)!);
    if (step.stop) return { history, best, stopped: 'early' };
    state = step.state;
  }
  return { history, best, stopped: 'epochs' };
}

function bestEpoch(run: TrainingRun, epoch: number, { outputs }: Validation): BestEpoch {
  return { epoch, weights: run.weights(), outputs };
}
