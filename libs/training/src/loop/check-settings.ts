import type { Preprocessing } from '@i-drill/core';
import type { LossTerm } from './losses.js';
import type { ScheduleSettings, TrainingSettings } from './training-types.js';

/**
 * Refuses settings no training can follow. They come checked from configuration; a wrong one here is a bug of the caller.
 *
 * @throws RangeError with key and value
 */
export function requireValidSettings(settings: TrainingSettings, preprocessing: Preprocessing): void {
  for (const key of ['batchSize', 'epochs', 'patience'] as const) requireWhole(key, settings[key], 1);
  for (const key of ['learningRate', 'gradientClip'] as const) requirePositive(key, settings[key]);
  if (!Number.isSafeInteger(settings.seed)) throw bad('seed', settings.seed, 'a whole number');
  if (!(settings.weightDecay >= 0 && Number.isFinite(settings.weightDecay))) {
    throw bad('weightDecay', settings.weightDecay, 'a number of at least 0');
  }
  requireValidSchedule(settings.schedule, settings.epochs);
  requireValidLoss(settings.loss, preprocessing);
}

function requireValidSchedule(schedule: ScheduleSettings, epochs: number): void {
  if (schedule.type !== 'cosine') return;
  requireWhole('schedule.warmupEpochs', schedule.warmupEpochs, 0);
  if (schedule.warmupEpochs < epochs) return;
  throw bad('schedule.warmupEpochs', schedule.warmupEpochs, `fewer than the ${epochs} epochs`);
}

function requireValidLoss(terms: readonly LossTerm[], { task, classes = [] }: Preprocessing): void {
  if (terms.length === 0) throw bad('loss', '[]', 'at least one term');
  terms.forEach((term, index) => {
    requireValidTerm(`loss[${index}]`, term, classes.length);
  });
  const names = terms.map(({ type }) => type).join(', ');
  const classTerms = terms.filter(({ type }) => type === 'cross-entropy').length;
  if (task === 'window-class') {
    if (classTerms !== 1 || terms.length !== 1) throw bad('loss', names, 'one term of cross-entropy for classes');
    return;
  }
  if (classTerms > 0) throw bad('loss', names, `mse, huber or pinball for the task "${task}"`);
  requirePoint(terms);
}

/** A regression needs a column that is the prediction, and each quantile once. */
function requirePoint(terms: readonly LossTerm[]): void {
  const levels = terms.flatMap((term) => (term.type === 'pinball' ? term.levels : []));
  const hasPoint = terms.some(({ type }) => type !== 'pinball') || levels.includes(0.5);
  if (!hasPoint) throw bad('loss levels', levels.join(', '), 'level 0.5 too, or a term of mse or huber');
  if (new Set(levels).size < levels.length) throw bad('loss levels', levels.join(', '), 'each level once');
}

function requireValidTerm(key: string, term: LossTerm, classes: number): void {
  requirePositive(`${key}.weight`, term.weight ?? 1);
  switch (term.type) {
    case 'mse':
      return;
    case 'huber':
      requirePositive(`${key}.delta`, term.delta);
      return;
    case 'pinball':
      if (term.levels.length === 0) throw bad(`${key}.levels`, '[]', 'at least one level');
      for (const level of term.levels)
        if (!(level > 0 && level < 1)) throw bad(`${key}.levels`, level, 'levels in (0, 1)');
      return;
    case 'cross-entropy':
      requireValidClassWeights(`${key}.classWeights`, term.classWeights, classes);
  }
}

function requireValidClassWeights(key: string, weights: readonly number[], classes: number): void {
  const wrong = weights.find((weight) => !(weight >= 0 && Number.isFinite(weight)));
  if (wrong !== undefined) throw bad(key, wrong, 'numbers of at least 0');
  if (weights.length !== classes) throw bad(key, `${weights.length} numbers`, `one for each of the ${classes} classes`);
}

/** A whole number of at least `minimum`. */
export function requireWhole(key: string, value: number, minimum: number): void {
  if (Number.isSafeInteger(value) && value >= minimum) return;
  throw bad(key, value, `a whole number of at least ${minimum}`);
}

function requirePositive(key: string, value: number): void {
  if (value > 0 && Number.isFinite(value)) return;
  throw bad(key, value, 'a positive number');
}

/** The error for a setting. */
export function bad(key: string, value: number | string, wanted: string): RangeError {
  return new RangeError(`Cannot train: ${key} is ${value}; give ${wanted}`);
}
