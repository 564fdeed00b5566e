import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { rulPage } from './rul-page.js';
import { madeReport } from './testing/made-report.js';

const reports = [madeReport('FD001', 'lstm'), madeReport('FD003', 'lstm'), madeReport('FD003', 'transformer')];

describe('rulPage()', () => {
  it('has one figure per subset, one panel per model', () => {
    const files = rulPage(reports);
    expect(files.map(({ name }) => name)).toEqual(['rul.md', 'rul-FD001.svg', 'rul-FD003.svg']);
    expect(files[2]!.text.match(/<circle/g)).toHaveLength(6);
    expect(files[2]!.text).toContain('FD003, transformer, seed 3');
  });

  it('states what every model reached, beside mean life and what was published', () => {
    const { text } = rulPage(reports)[0]!;
    const lines = text.split('\n').map((line) => line.replaceAll(/ +/g, ' '));
    expect(lines).toContain('| lstm | 3.00 (1.00-5.00) | 3.00 (1.00-5.00) |');
    expect(lines).toContain('| transformer | | 3.00 (1.00-5.00) |');
    expect(lines.filter((line) => line.startsWith('| mean life minus age |'))).toHaveLength(2);
    expect(lines).toContain('| LSTM (Zheng 2017) | 16.14 | 24.49 | 16.18 | 28.17 |');
    expect(lines).toContain('- a processor, 2 cores, Node 20.20.0, backend `wasm`, revision 0123456789ab');
  });

  it('is formatted as Prettier formats', async () => {
    const { text } = rulPage(reports)[0]!;
    expect(await format(text, { parser: 'markdown' })).toBe(text);
  });

  it('says when results are of fewer seeds than declared, and nothing of it when none is', () => {
    const few = [...reports, madeReport('FD002', 'lstm', { seeds: 3 })];
    expect(rulPage(few)[0]!.text).toContain('**1 of these 4 results are of fewer seeds than the 5 declared');
    expect(rulPage(reports)[0]!.text).not.toContain('fewer seeds');
  });

  it('leaves shortened runs out', () => {
    const [page] = rulPage([madeReport('FD001', 'lstm', { shortened: { limitUnits: 20 } })]);
    expect(page!.text).not.toContain('### FD001');
  });
});
