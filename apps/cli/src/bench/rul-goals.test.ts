import { describe, expect, it } from 'vitest';
import { coverageTable, goalTable } from './rul-goals.js';
import type { RulReport } from './rul-report.js';
import { madeReport } from './testing/made-report.js';

describe('goalTable()', () => {
  it('holds the median of every model, and the best of them, to its limit', () => {
    // The seeds 1 to n of a made report are wrong by 1 to n cycles.
    const reports = [madeReport('FD001', 'lstm', { seeds: 29 }), madeReport('FD001', 'transformer', { seeds: 21 })];
    const [lstm, cnnLstm, best] = goalTable(reports).rows;
    expect(lstm).toEqual(['lstm', '≤ 14: missed by 1.00', '', '', '']);
    expect(cnnLstm).toEqual(['cnn-lstm', '', '', '', '']);
    expect(best).toEqual(['the best of all', '≤ 11.5: met', '', '', '']);
  });

  it('counts a median at its limit as met', () => {
    const [lstm] = goalTable([madeReport('FD003', 'lstm', { seeds: 27 })]).rows;
    expect(lstm![3]).toBe('≤ 14: met');
  });
});

describe('coverageTable()', () => {
  const withCoverage = (modelType: 'lstm' | 'transformer', coverage: number): RulReport => {
    const report = madeReport('FD002', modelType);
    return { ...report, seeds: report.seeds.map((seed) => ({ ...seed, marks: { ...seed.marks, coverage } })) };
  };

  it.each([
    [0.88, '88.0 %: met'],
    [0.92, '92.0 %: met'],
    [0.94, '94.0 %: above by 2.0'],
    [0.87, '87.0 %: below by 1.0'],
  ])('says of a coverage of %f: %s', (coverage, words) => {
    expect(coverageTable([withCoverage('lstm', coverage)]).rows).toEqual([['lstm', '', words, '', '']]);
  });

  it('has a row for every model', () => {
    const reports = [withCoverage('lstm', 0.9), withCoverage('transformer', 0.9)];
    expect(coverageTable(reports).rows.map(([name]) => name)).toEqual(['lstm', 'transformer']);
  });
});
