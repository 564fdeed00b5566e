import { describe, expect, it } from 'vitest';
import { isComplete, markSpread, medianSeed, reportFile, rulReport } from './rul-report.js';
import { madeReport } from './testing/made-report.js';

const report = madeReport('FD001', 'lstm');

describe('a report', () => {
  it('holds its seeds in order, and the recipe that was followed', () => {
    const mixed = rulReport({ ...report, seeds: [...report.seeds].reverse() });
    expect(mixed.seeds.map(({ seed }) => seed)).toEqual([1, 2, 3, 4, 5]);
    expect(rulReport({ ...report, shortened: { epochs: 3 } }).recipe.settings.epochs).toBe(3);
  });

  it('states median and range of a mark', () => {
    const { median, low, high } = markSpread(report, 'rmseCapped');
    expect([median, low, high]).toEqual([3, 1, 5]);
    expect(markSpread(report, 'coverage')).toEqual({ median: 1, low: 0, high: 1 }); // seeds 4 and 5 miss by more than 3
  });

  it('shows the seed in the middle', () => {
    expect(medianSeed(report).seed).toBe(3);
    expect(medianSeed(madeReport('FD001', 'lstm', { seeds: 2 })).seed).toBe(1);
  });

  it('counts only with all seeds and nothing shortened', () => {
    expect(isComplete(report)).toBe(true);
    expect(isComplete(madeReport('FD001', 'lstm', { seeds: 4 }))).toBe(false);
    expect(isComplete(madeReport('FD001', 'lstm', { shortened: { epochs: 3 } }))).toBe(false);
  });

  it('has a file name of its own', () => {
    expect(reportFile({ subset: 'FD004', modelType: 'cnn-lstm' })).toBe('rul-FD004-cnn-lstm.json');
  });
});
