import { describe, expect, it } from 'vitest';
import { goalTable } from './rul-goals.js';
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
