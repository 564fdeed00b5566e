import type { BestEpoch, TrainingCheckpoint } from './checkpoint.js';
import { initialStoppingState, isExhausted, judgeEpoch, type StoppingState } from './early-stopping.js';
import { epochPace } from './epoch-pace.js';
import type { EpochReport, TrainingRun } from './training-run.js';
import type { EpochProgress, TrainingRequest, TrainingResult } from './training-types.js';
import type { ValidationScore } from './validation-tally.js';
import { isConstantOutput, requireBoundedLoss, requireVariedOutput } from './watch-training.js';

/** All epochs of a training. */
export interface TrainedEpochs {
  readonly history: EpochProgress[];
  /** Absent when training was interrupted before an epoch was complete. */
  readonly best: BestEpoch | undefined;
  readonly stopped: TrainingResult['stopped'];
}

/** Where a training stands between two epochs. */
interface Standing {
  /** Epochs that are complete. */
  readonly epoch: number;
  readonly stopping: StoppingState;
  readonly best: BestEpoch | undefined;
  readonly history: EpochProgress[];
}

/** Where it stands after an epoch. */
interface LaterStanding extends Standing {
  readonly best: BestEpoch;
  readonly progress: EpochProgress;
}

/**
 * Trains epoch after epoch, from the beginning or a checkpoint, until the patience is exhausted, all epochs are done or the
 * signal is aborted. Tells its progress and hands out a checkpoint after each.
 *
 * @throws TrainingError `TRAINING_DIVERGED`, `TRAINING_BROKEN_GRADIENT`, `TRAINING_COLLAPSED`
 */
export async function trainEpochs(run: TrainingRun, request: TrainingRequest): Promise<TrainedEpochs> {
  const { clock, settings } = request;
  const { epochs, patience, seed } = settings;
  const marksMs = [clock.now()];
  let standing = firstStanding(request);
  while (standing.epoch < epochs && !isExhausted(standing.stopping, patience)) {
    const place = { epoch: standing.epoch + 1, halvings: standing.stopping.halvings };
    const trained = await run.trainEpoch(place);
    if (trained === 'interrupted') return { ...standing, stopped: 'interrupted' };
    const score = await run.validate();
    const where = { epoch: place.epoch, learningRate: trained.learningRate, seed };
    requireBoundedLoss(score.loss, score.referenceLoss, where);
    marksMs.push(clock.now());
    const next = standingAfter(standing, { run, request, trained, score, marksMs });
    request.onEpoch?.(next.progress);
    requireVariedOutput(next.stopping.constantEpochs, patience, where);
    await request.onCheckpoint?.(checkpointOf(run, request, next));
    standing = next;
  }
  return { ...standing, stopped: isExhausted(standing.stopping, patience) ? 'early' : 'epochs' };
}

function firstStanding({ resumeFrom }: TrainingRequest): Standing {
  if (!resumeFrom) return { epoch: 0, stopping: initialStoppingState, best: undefined, history: [] };
  const { epoch, stopping, best, history } = resumeFrom;
  return { epoch, stopping, best, history: [...history] };
}

/** What an epoch gave. */
interface FinishedEpoch {
  readonly run: TrainingRun;
  readonly request: TrainingRequest;
  readonly trained: EpochReport;
  readonly score: ValidationScore;
  /** Time before the first epoch of this process and after each one. */
  readonly marksMs: readonly number[];
}

function standingAfter(before: Standing, finished: FinishedEpoch): LaterStanding {
  const { run, request, score } = finished;
  const epoch = before.epoch + 1;
  const isConstant = isConstantOutput(score.variation);
  const judged = { validationLoss: score.loss, isConstant };
  const { state: stopping, best: isBest } = judgeEpoch(before.stopping, judged, request.settings.patience);
  const progress = { ...progressOf(epoch, finished), best: isBest };
  const best = isBest || !before.best ? { epoch, weights: run.weights(), isConstant } : before.best;
  return { epoch, stopping, best, progress, history: [...before.history, progress] };
}

function progressOf(epoch: number, finished: FinishedEpoch): Omit<EpochProgress, 'best'> {
  const { run, request, trained, score, marksMs } = finished;
  const { epochs } = request.settings;
  return {
    epoch,
    epochs,
    trainLoss: trained.loss,
    validationLoss: score.loss,
    ...(Number.isNaN(score.rmse) ? {} : { validationRmse: score.rmse }),
    ...(Number.isNaN(score.accuracy) ? {} : { validationAccuracy: score.accuracy }),
    learningRate: trained.learningRate,
    ...epochPace(marksMs, { windows: run.windows.training, epochsLeft: epochs - epoch }),
  };
}

function checkpointOf(run: TrainingRun, request: TrainingRequest, standing: LaterStanding): TrainingCheckpoint {
  const { architecture, settings, preprocessing } = request;
  const { epoch, stopping, best, history } = standing;
  return {
    ...{ architecture, settings, preprocessing, epoch, weights: run.weights() },
    ...run.optimizer(),
    ...{ stopping, best, history, windows: run.windows },
  };
}
