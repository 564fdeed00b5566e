import { TrainingError } from '../errors.js';
import type { TrainingCheckpoint } from './checkpoint.js';
import { firstDifference, type Difference } from './first-difference.js';
import type { TrainingRequest, TrainingSettings } from './training-types.js';

/** What of a training a checkpoint must agree with. */
export interface ResumedTraining extends Pick<TrainingRequest, 'architecture' | 'settings' | 'preprocessing'> {
  readonly windows: TrainingCheckpoint['windows'];
}

/**
 * Refuses to go on from a checkpoint of another training: of another architecture, other settings (but for `patience` and, on
 * the plateau schedule, `epochs`, which change nothing of the epochs that are done), other features or scaling, other
 * numbers of windows, or of an ensemble.
 *
 * @throws TrainingError `TRAINING_CHECKPOINT_MISMATCH`, with the path of the first difference
 */
export function requireSameTraining(checkpoint: TrainingCheckpoint, training: ResumedTraining): void {
  if (checkpoint.ensemble) requireSameSeeds(checkpoint, undefined);
  const difference = firstDifference(comparable(checkpoint), comparable(training));
  if (difference) throw mismatch(difference);
}

/**
 * Refuses a checkpoint of an ensemble of other seeds, or of a single network.
 *
 * @throws TrainingError `TRAINING_CHECKPOINT_MISMATCH`
 */
export function requireSameSeeds(checkpoint: TrainingCheckpoint, seeds: readonly number[] | undefined): void {
  const difference = firstDifference({ seeds: checkpoint.ensemble?.seeds }, { seeds });
  if (difference) throw mismatch(difference);
}

function comparable({ architecture, settings, preprocessing, windows }: ResumedTraining): unknown {
  return { architecture, settings: lastingSettings(settings), preprocessing, windows };
}

function lastingSettings(settings: TrainingSettings): Partial<TrainingSettings> {
  const { patience: _patience, epochs, ...lasting } = settings;
  return settings.schedule.type === 'cosine' ? { ...lasting, epochs } : lasting;
}

function mismatch({ path, left, right }: Difference): TrainingError {
  return new TrainingError(
    `Cannot go on from the checkpoint: its ${path} is ${inWords(left)}, that of this training ${inWords(right)}; ` +
      'train with what the checkpoint was made with, or start anew',
    { code: 'TRAINING_CHECKPOINT_MISMATCH', details: { path, checkpoint: left, training: right } },
  );
}

function inWords(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}
