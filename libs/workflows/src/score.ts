import type { SensorDataset, SensorSegment } from '@i-drill/core';
import { effectiveSampleSize } from '@i-drill/numerics';
import { makeWindows, type Windows } from '@i-drill/training';
import { phmScore } from '@i-drill/validation';
import type { Baseline } from './baselines.js';
import { answerErrors, examMetrics } from './exam-metrics.js';

/** A data set turned into what a model is judged on. */
export interface Exam {
  readonly windows: Windows;
  /** Segment and row behind each window, in window order. */
  readonly rows: readonly ExamRow[];
  readonly targetUnit: string;
  readonly task: SensorDataset['task'];
  /** Names of the classes, where the answer is one. */
  readonly classes?: readonly string[];
}

/** How windows are cut for an exam. The preprocessing of a version says it as it was in training. */
export interface ExamOptions {
  readonly windowLength: number;
  readonly targetCap?: number;
}

/** One question of the exam. */
export interface ExamRow {
  readonly segment: SensorSegment;
  readonly row: number;
}

/** Errors of a model and of the trivial baseline on the same exam. */
export interface Score {
  readonly metrics: Readonly<Record<string, number>>;
  readonly baselineMetrics: Readonly<Record<string, number>>;
  /** Mean error per independent block, model and baseline, paired: absolute, or the share of wrong classes. */
  readonly modelErrors: readonly number[];
  readonly baselineErrors: readonly number[];
  /** What a block is: a whole unit, or a stretch of one, which says nothing about units never seen. */
  readonly blockName: 'independent unit' | 'within-unit block';
}

/**
 * The windows a data set is judged on: every row, or the last of each unit; labels are cut at `targetCap`.
 *
 * @example
 * ```ts
 * import { examOf } from '@i-drill/workflows';
 * const bit = { unit: 'bit 1', rows: 3, features: Float64Array.of(5, 6, 7), target: Float64Array.of(20, 10, 0) };
 * const bits = {
 *   name: 'demo', task: 'remaining-useful-life', features: [{ name: 'torque', unit: 'kN.m' }],
 *   target: { name: 'life', unit: 'h' }, segments: [bit], source: 'simulated', fingerprint: '', evaluateOn: 'every-row',
 * } as const;
 * const { windows, rows } = examOf(bits, { windowLength: 2, targetCap: 15 });
 * Array.from(windows.targets); // => [15, 10, 0]
 * Array.from(windows.inputs); // => [5, 5, 5, 6, 6, 7]
 * rows.map(({ row }) => row); // => [0, 1, 2]
 * examOf({ ...bits, evaluateOn: 'last-row' }, { windowLength: 2 }).rows.map(({ row }) => row); // => [2]
 * ```
 */
export function examOf(dataset: SensorDataset, { windowLength, targetCap }: ExamOptions): Exam {
  const cap = targetCap === undefined ? {} : { targetCap };
  const windows = makeWindows(dataset, { windowLength, ...cap, only: dataset.evaluateOn });
  const rows = dataset.segments.flatMap((segment) => judgedRows(segment, dataset.evaluateOn));
  if (rows.length !== windows.count) {
    throw new RangeError(`Cannot judge "${dataset.name}": ${windows.count} windows for ${rows.length} rows`);
  }
  const { task, target, classes } = dataset;
  return { windows, rows, targetUnit: target.unit, task, ...(classes === undefined ? {} : { classes }) };
}

function judgedRows(segment: SensorSegment, evaluateOn: SensorDataset['evaluateOn']): ExamRow[] {
  const labelled: ExamRow[] = [];
  for (let row = 0; row < segment.rows; row++) {
    if (!Number.isNaN(segment.target[row])) labelled.push({ segment, row });
  }
  return evaluateOn === 'every-row' ? labelled : labelled.slice(-1);
}

/**
 * Scores predictions, in window order, against the labels and beside the trivial baseline.
 *
 * @example
 * ```ts
 * import { examOf, score, trivialBaseline } from '@i-drill/workflows';
 * const bit = { unit: 'bit 1', rows: 3, features: Float64Array.of(5, 6, 7), target: Float64Array.of(20, 10, 0) };
 * const bits = {
 *   name: 'demo', task: 'remaining-useful-life', features: [{ name: 'torque', unit: 'kN.m' }],
 *   target: { name: 'life', unit: 'h' }, segments: [bit], source: 'simulated', fingerprint: '', evaluateOn: 'every-row',
 * } as const;
 * const exam = examOf(bits, { windowLength: 2 });
 * const { metrics, baselineMetrics } = score(exam, Float32Array.of(23, 10, 0), trivialBaseline(bits));
 * [metrics['mae'], metrics['meanError']]; // => [1, 1]
 * baselineMetrics['mae']; // => 0
 * ```
 */
export function score(exam: Exam, predictions: Float32Array, baseline: Baseline): Score {
  const trivial = exam.rows.map(({ segment, row }) => baseline.predict(segment, row));
  const errors = answerErrors(exam, predictions);
  const blocks = independentBlocks(exam, errors);
  return {
    metrics: { ...examMetrics(exam, predictions), ...taskMetrics(exam, predictions) },
    baselineMetrics: examMetrics(exam, trivial),
    modelErrors: meanPerBlock(errors, blocks),
    baselineErrors: meanPerBlock(answerErrors(exam, trivial), blocks),
    blockName: judgedUnits(exam) >= minimumUnits ? 'independent unit' : 'within-unit block',
  };
}

function taskMetrics({ task, windows }: Exam, predictions: Float32Array): Record<string, number> {
  if (task !== 'remaining-useful-life') return {};
  return { phm_score: phmScore(Array.from(windows.targets), Array.from(predictions)) };
}

/** How many units are asked about. Rows of one unit are not independent, so only units add up. */
export function judgedUnits({ windows }: Exam): number {
  return new Set(windows.unitOf).size;
}

const minimumUnits = 8;

/**
 * Block number of each window. Rows of one unit are not independent, so a unit is one block; where there are fewer than
 * eight units, each is cut into consecutive blocks about as long as its errors stay correlated.
 */
function independentBlocks(exam: Exam, errors: readonly number[]): number[] {
  const perUnit = Array.from(exam.windows.unitOf);
  if (judgedUnits(exam) >= minimumUnits) return perUnit;
  const length = Math.max(exam.windows.length, Math.ceil(errors.length / effectiveSampleSize([errors])));
  let block = -1;
  let used = 0;
  return perUnit.map((unit, i) => {
    const isNext = i === 0 || unit !== perUnit[i - 1] || used >= length;
    if (isNext) block++;
    used = isNext ? 1 : used + 1;
    return block;
  });
}

function meanPerBlock(errors: readonly number[], blocks: readonly number[]): number[] {
  const sums = new Map<number, { sum: number; count: number }>();
  errors.forEach((error, i) => {
    const block = sums.get(blocks[i]!) ?? { sum: 0, count: 0 };
    sums.set(blocks[i]!, { sum: block.sum + error, count: block.count + 1 });
  });
  return [...sums.values()].map(({ sum, count }) => sum / count);
}
