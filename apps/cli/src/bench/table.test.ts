import { describe, expect, it } from 'vitest';
import { format } from 'prettier';
import { markdownTable, plainTable } from './table.js';

const table = {
  head: ['model', 'RMSE'],
  rows: [
    ['lstm', '12.34 (11.90-13.05)'],
    ['mean life minus age', '36.08'],
    ['not run', ''],
  ],
};

describe('plainTable()', () => {
  it('aligns names to the left and figures to the right', () => {
    expect(plainTable(table)).toEqual([
      'model                               RMSE',
      'lstm                 12.34 (11.90-13.05)',
      'mean life minus age                36.08',
      'not run',
    ]);
  });
});

describe('markdownTable()', () => {
  it('is what Prettier makes of it', async () => {
    const text = `${markdownTable(table).join('\n')}\n`;
    expect(await format(text, { parser: 'markdown', printWidth: 120 })).toBe(text);
    const narrow = `${markdownTable({ head: ['a', 'b'], rows: [['1', '2']] }).join('\n')}\n`;
    expect(await format(narrow, { parser: 'markdown', printWidth: 120 })).toBe(narrow);
  });
});
