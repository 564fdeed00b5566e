import type { Clock, Preprocessing } from '@i-drill/core';
import { predictWindows, trainSequenceModel, TrainingError } from '@i-drill/training';
import { changedRows, isDepth, type Chunk, type DrillingLog } from './rop-log.js';
import type { RopRecipe } from './rop-protocol.js';
import { drawnWindows, RopWindows, type Question } from './rop-windows.js';

/** One network for one chunk. */
export interface RopTask {
  readonly log: DrillingLog;
  readonly chunk: Chunk;
  readonly recipe: RopRecipe;
  readonly seed: number;
  readonly clock: Clock;
}

/**
 * Trains a network on the rows before a chunk and predicts the rows of the chunk, in m/h. In training it is asked what the
 * chunk will ask: for a row up to a chunk's length after the last known rate of penetration. A network whose output has
 * collapsed to a constant answers with the anchor. The answer is drawn towards hold-last: a network that has seen one well for
 * some hundred metres is too sure of what it says about the next thirty.
 */
export async function predictChunk({ log, chunk, recipe, seed, clock }: RopTask): Promise<Float32Array> {
  const { windowLength: length, windowsPerPass, validationWindows } = recipe;
  const columns = log.columns.flatMap((name, i) => (isDepth(name) ? [] : [i]));
  const windows = new RopWindows(log, chunk.start, { ...recipe, length, columns });
  const draw = questionsBefore(log, chunk.start, recipe.leastKnown);
  const questions = changedRows(log, chunk.start, chunk.end).map((row): Question => ({ row, known: chunk.start }));
  let outputs: Float32Array = new Float32Array(questions.length);
  try {
    const { model } = await trainSequenceModel({
      architecture: recipe.architecture,
      settings: { ...recipe.settings, seed },
      train: drawnWindows({ windows, length, count: windowsPerPass, draw, seed }),
      validation: drawnWindows({ windows, length, count: validationWindows, draw, seed: seed + 1000 }),
      preprocessing: plainPreprocessing(windows, length),
      clock,
    });
    outputs = predictWindows(model, windows.batch(questions));
  } catch (error) {
    if (!(error instanceof TrainingError && error.code === 'TRAINING_COLLAPSED')) throw error;
  }
  const share = recipe.networkShare;
  const held = log.rop[chunk.start - 1]!;
  const answers = windows.rop(outputs, questions).map((answer) => share * answer + (1 - share) * held);
  return spreadOverRows(answers, questions, chunk);
}

/** Draws a row that can be learned from, and how many rows before it the last known one lies. */
function questionsBefore(log: DrillingLog, end: number, leastKnown: number): (uniform: () => number) => Question {
  const rows = changedRows(log, leastKnown, end);
  return (uniform) => {
    const row = rows[Math.floor(uniform() * rows.length)]!;
    const least = Math.max(leastKnown, row - log.chunkRows + 1);
    return { row, known: least + Math.floor(uniform() * (row - least + 1)) };
  };
}

/** The answer for a changed row holds until the next one. */
function spreadOverRows(answers: Float32Array, questions: readonly Question[], { start, end }: Chunk): Float32Array {
  const spread = new Float32Array(end - start);
  for (const [i, { row }] of questions.entries()) {
    spread.fill(answers[i]!, row - start, (questions[i + 1]?.row ?? end) - start);
  }
  return spread;
}

/** Windows come scaled. */
function plainPreprocessing(windows: RopWindows, windowLength: number): Preprocessing {
  const { features } = windows;
  const none = { mean: features.map(() => 0), scale: features.map(() => 1) };
  return {
    formatVersion: 1,
    task: 'rate-of-penetration',
    features,
    target: { name: 'rate_of_penetration_change', unit: '-' },
    windowLength,
    padding: 'repeat-first-row',
    featureScaler: none,
    targetScaler: { mean: [0], scale: [1] },
  };
}
