import { TrainingError } from '../errors.js';
import type { TrainingCheckpoint } from './checkpoint.js';
import { firstDifference } from './first-difference.js';
import type { TrainingRequest, TrainingSettings } from './training-types.js';

/** What of a training a checkpoint must agree with. */
export interface ResumedTraining extends Pick<TrainingRequest, 'architecture' | 'settings' | 'preprocessing'> {
  readonly windows: TrainingCheckpoint['windows'];
}

/**
 * Refuses to go on from a checkpoint of another training: of another architecture, other settings (but for `patience` and, on
 * the plateau schedule, `epochs`, which change nothing of the epochs that are done), other features or scaling, or other
 * numbers of windows.
 *
 * @throws TrainingError `TRAINING_CHECKPOINT_MISMATCH`, with the path of the first difference
 */
export function requireSameTraining(checkpoint: TrainingCheckpoint, training: ResumedTraining): void {
  const difference = firstDifference(comparable(checkpoint), comparable(training));
  if (!difference) return;
  const { path, left, right } = difference;
  throw new TrainingError(
    `Cannot go on from the checkpoint: its ${path} is ${JSON.stringify(left)}, that of this training ${JSON.stringify(right)}; ` +
      'train with what the checkpoint was made with, or start anew',
    { code: 'TRAINING_CHECKPOINT_MISMATCH', details: { path, checkpoint: left, training: right } },
  );
}

function comparable({ architecture, settings, preprocessing, windows }: ResumedTraining): unknown {
  return { architecture, settings: lastingSettings(settings), preprocessing, windows };
}

function lastingSettings(settings: TrainingSettings): Partial<TrainingSettings> {
  const { patience: _patience, epochs, ...lasting } = settings;
  return settings.schedule.type === 'cosine' ? { ...lasting, epochs } : lasting;
}
