import { requireBackend } from '../backend/require-backend.js';
import { requireValidArchitecture } from './check-architecture.js';
import { requireSameSeeds, requireSameTraining } from './check-checkpoint.js';
import { requireValidSettings } from './check-settings.js';
import { requireUsableWindows } from './check-windows.js';
import { requireSeveralClasses } from './class-weights.js';
import { namedIfOutOfMemory } from './out-of-memory.js';
import { trainEpochs } from './train-epochs.js';
import { TrainingRun, type TrainingParts } from './training-run.js';
import type { TrainingRequest, TrainingResult } from './training-types.js';
import { requireVariedBest } from './watch-training.js';
import { asWindowSource, type WindowSource } from './window-source.js';
import type { Windows } from './windows.js';

/**
 * Trains a sequence model: AdamW on a weighted sum of losses in scaled units, batches in a new order each epoch, gradients
 * clipped by their common norm. Keeps the weights of the epoch with the lowest validation loss and stops after `patience`
 * epochs without a better one. The same seed on the same backend gives the same weights, also when the training is taken
 * up again from a checkpoint.
 *
 * An aborted signal ends training after the current batch, with the best weights so far (the current ones when no epoch
 * was complete) and without the check for collapse. Constant targets are learned as the constant they are.
 *
 * @throws TrainingError before training: `TRAINING_UNKNOWN_MODEL_TYPE`, `TRAINING_NO_BACKEND`, `TRAINING_TOO_FEW_WINDOWS`,
 *   `TRAINING_ONE_CLASS`, `TRAINING_CHECKPOINT_MISMATCH`
 * @throws TrainingError while training: `TRAINING_DIVERGED`, `TRAINING_BROKEN_GRADIENT`, `TRAINING_COLLAPSED` (an output that is
 *   as good as constant), `TRAINING_OUT_OF_MEMORY`
 * @throws RangeError for settings no training can follow, windows of another shape than the preprocessing, and a source that gives
 *   another number of windows than it promised
 *
 * @example
 * ```ts
 * import { fitPreprocessing, makeWindows, selectBackend, trainSequenceModel } from '@i-drill/training';
 * await selectBackend(['cpu']);
 * const heat = Float64Array.of(20, 21, 23, 26, 30, 35, 41, 48);
 * const dataset = {
 *   name: 'demo', task: 'remaining-useful-life', features: [{ name: 'heat', unit: 'degC' }], target: { name: 'life', unit: 'h' },
 *   segments: [{ unit: 'bit 1', rows: 8, features: heat, target: heat.map((_, row) => 7 - row) }],
 *   source: 'simulated', fingerprint: '', evaluateOn: 'every-row',
 * } as const;
 * const windows = makeWindows(dataset, { windowLength: 3 });
 * const { history } = await trainSequenceModel({
 *   architecture: { type: 'lstm', hiddenSize: 4, numLayers: 1, dropout: 0 },
 *   train: windows,
 *   validation: windows, // better: of other units
 *   preprocessing: fitPreprocessing(dataset, { windowLength: 3 }),
 *   settings: {
 *     loss: [{ type: 'mse' }], learningRate: 0.01, schedule: { type: 'plateau' }, weightDecay: 0,
 *     batchSize: 8, epochs: 2, patience: 2, gradientClip: 1, seed: 1,
 *   },
 *   clock: { now: () => 0, sleep: () => Promise.resolve() },
 * });
 * history.length; // => 2
 * ```
 */
export async function trainSequenceModel(request: TrainingRequest): Promise<TrainingResult> {
  if (request.resumeFrom) requireSameSeeds(request.resumeFrom, undefined);
  return trainMember(request);
}

/** The same for a member of an ensemble, whose checkpoints are those of the ensemble. */
export async function trainMember(request: TrainingRequest): Promise<TrainingResult> {
  requireValidArchitecture(request.architecture);
  requireValidSettings(request.settings, request.preprocessing);
  requireBackend('train');
  try {
    return await trainNetwork(request);
  } catch (error) {
    const { batchSize } = request.settings;
    throw namedIfOutOfMemory(error, { action: 'train', batchSize, windowLength: request.preprocessing.windowLength });
  }
}

async function trainNetwork(request: TrainingRequest): Promise<TrainingResult> {
  const { architecture, preprocessing } = request;
  const parts = { train: windowSource(request.train), validation: windowSource(request.validation) };
  await requireTrainable(request, parts);
  const run = new TrainingRun(request, parts);
  try {
    const { history, best, stopped } = await trainEpochs(run, request);
    if (best && stopped !== 'interrupted') {
      const { learningRate } = history[best.epoch - 1]!;
      requireVariedBest(best, { learningRate, seed: request.settings.seed });
    }
    const members = [best?.weights ?? run.weights()];
    const model = { architecture, preprocessing, columns: run.columns, members };
    return { model, history, bestEpoch: best?.epoch ?? 0, stopped };
  } finally {
    run.dispose();
  }
}

function windowSource(windows: Windows | WindowSource): WindowSource {
  return 'batches' in windows ? windows : asWindowSource(windows);
}

async function requireTrainable(request: TrainingRequest, { train, validation }: TrainingParts): Promise<void> {
  const { preprocessing, resumeFrom } = request;
  requireUsableWindows('training', train, preprocessing);
  requireUsableWindows('validation', validation, preprocessing);
  const windows = { training: train.count, validation: validation.count };
  if (resumeFrom) requireSameTraining(resumeFrom, { ...request, windows });
  await requireSeveralClasses(train, preprocessing);
}
