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
 * the plateau schedule, `epochs`, which change nothing of the epochs that are done), other features or scaling, or other
 * numbers of windows.
 *
 * @throws TrainingError `TRAINING_CHECKPOINT_MISMATCH`, with the path of the first difference
 */
export function requireSameTraining(checkpoint: TrainingCheckpoint, training: ResumedTraining): void {
  const difference = firstDifference(comparable(checkpoint), comparable(training));
  if (difference) throw mismatch(difference);
}

/**
 * Refuses a checkpoint of an ensemble of other seeds, or of a single network where an ensemble is trained, or the reverse.
 *
 * @param seeds of the ensemble; `undefined` for a single network
 * @throws TrainingError `TRAINING_CHECKPOINT_MISMATCH`
 */
export function requireSameSeeds(checkpoint: TrainingCheckpoint, seeds: readonly number[] | undefined): void {
  const difference = firstDifference({ seeds: checkpoint.ensemble?.seeds }, { seeds });
  if (difference) throw mismatch(difference);
}

function comparable({ architecture, settings, preprocessing, windows }: ResumedTraining): unknown {
  return { architecture, settings: lastingSettings(settings), preprocessing, windows };
}

/** What of the settings must stay: the others count as absent. */
function lastingSettings(settings: TrainingSettings): unknown {
  const epochs = settings.schedule.type === 'cosine' ? settings.epochs : undefined;
  return { ...settings, patience: undefined, epochs };
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
