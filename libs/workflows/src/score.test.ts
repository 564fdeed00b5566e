import { describe, expect, it } from 'vitest';
import { trivialBaseline } from './baselines.js';
import { examOf, score } from './score.js';
import { bitRun, bitRuns, ropRuns } from './testing/small-data.js';

const lives = [3, 4, 5, 6, 7, 8, 9, 10];

describe('examOf()', () => {
  it('asks for every labelled row, in the order of the windows', () => {
    const runs = bitRuns('test', [2, 3]);
    const { windows, rows } = examOf(runs, { windowLength: 2 });
    expect(rows.map(({ segment, row }) => [segment.unit, row])).toEqual([
      ['test-1', 0],
      ['test-1', 1],
      ['test-2', 0],
      ['test-2', 1],
      ['test-2', 2],
    ]);
    expect(Array.from(windows.targets)).toEqual([1, 0, 2, 1, 0]);
    expect(rows.map(({ segment, row }) => segment.target[row])).toEqual(Array.from(windows.targets));
  });

  it('asks only for the last labelled row of each unit where the data say so', () => {
    const unlabelledEnd = bitRun('a', 4);
    unlabelledEnd.target[3] = Number.NaN;
    const { segments, ...schema } = bitRuns('test', [5]);
    const exam = examOf(
      { ...schema, segments: [unlabelledEnd, ...segments], evaluateOn: 'last-row' },
      { windowLength: 2 },
    );
    expect(exam.rows.map(({ segment, row }) => [segment.unit, row])).toEqual([
      ['a', 2],
      ['test-1', 4],
    ]);
  });

  it('cuts the labels at the cap and leaves rows without a label out', () => {
    const rates = ropRuns('wells', { F1: [10, 12, 9] }); // the last row has no next rate
    expect(Array.from(examOf(rates, { windowLength: 1 }).windows.targets)).toEqual([12, 9]);
    expect(Array.from(examOf(bitRuns('test', [4]), { windowLength: 1, targetCap: 2 }).windows.targets)).toEqual([
      2, 2, 1, 0,
    ]);
  });
});

describe('score()', () => {
  it('measures model and baseline against the same labels', () => {
    const runs = bitRuns('test', [3, 3]); // labels 2 1 0 twice
    const exam = examOf(runs, { windowLength: 2 });
    const { metrics, baselineMetrics } = score(exam, Float32Array.of(3, 1, 0, 2, 1, 2), trivialBaseline(runs));
    expect(metrics).toMatchObject({ mae: 0.5, meanError: 0.5 });
    expect(baselineMetrics).toMatchObject({ mae: 0, r2: 1 });
  });

  it('adds the PHM score for remaining life, and for nothing else', () => {
    const runs = bitRuns('test', [3]);
    const late = score(examOf(runs, { windowLength: 1 }), Float32Array.of(12, 1, 0), trivialBaseline(runs));
    expect(late.metrics['phm_score']).toBeCloseTo(Math.E - 1, 6); // ten units too late: exp(10 / 10) − 1
    const wells = ropRuns('wells', { F1: [10, 12, 9] });
    const rates = score(examOf(wells, { windowLength: 1 }), Float32Array.of(12, 9), trivialBaseline(wells));
    expect(rates.metrics).not.toHaveProperty('phm_score');
  });

  it('takes each unit as one block from eight units on', () => {
    const runs = bitRuns('test', lives);
    const exam = examOf(runs, { windowLength: 2 });
    // off by the number of its unit, in every row of the unit
    const predictions = exam.windows.targets.map((target, i) => target + exam.windows.unitOf[i]!);
    const { modelErrors, baselineErrors } = score(exam, predictions, trivialBaseline(runs));
    expect(modelErrors).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(score(exam, predictions, trivialBaseline(runs)).blockName).toBe('independent unit');
    expect(baselineErrors).toHaveLength(8);
  });

  it('cuts units into consecutive blocks when there are fewer than eight', () => {
    const runs = bitRuns('test', [60, 40]);
    const exam = examOf(runs, { windowLength: 10 });
    // errors that change from row to row are not correlated: blocks are as long as a window
    const predictions = exam.windows.targets.map((target, i) => target + (i % 2) * 2);
    const { modelErrors, baselineErrors } = score(exam, predictions, trivialBaseline(runs));
    expect(modelErrors).toEqual(new Array(10).fill(1)); // 6 blocks of the first unit, 4 of the second
    expect(score(exam, predictions, trivialBaseline(runs)).blockName).toBe('within-unit block');
    expect(baselineErrors).toHaveLength(10);
  });

  it('makes fewer, longer blocks when errors stay alike for longer than a window', () => {
    const runs = bitRuns('test', [120]);
    const exam = examOf(runs, { windowLength: 2 });
    const slow = exam.windows.targets.map((target, i) => target + (Math.floor(i / 30) % 2) * 5);
    const { modelErrors } = score(exam, slow, trivialBaseline(runs));
    expect(modelErrors.length).toBeGreaterThan(1);
    expect(modelErrors.length).toBeLessThan(30); // 60 blocks of a window's length would count the same error many times
  });

  it('never lets a block reach from one unit into the next', () => {
    const runs = bitRuns('test', [15, 15]);
    const exam = examOf(runs, { windowLength: 10 });
    const predictions = exam.windows.targets.map((target, i) => target + (i < 15 ? 0 : 4));
    const { modelErrors } = score(exam, predictions, trivialBaseline(runs));
    expect(new Set(modelErrors)).toEqual(new Set([0, 4])); // no mixture of the two
  });
});
