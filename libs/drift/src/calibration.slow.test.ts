import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { familyTable, powerTable } from '../test/calibration/table.js';

/** Table cells without the padding a formatter adds. */
function plain(markdown: string): string {
  return markdown.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
}

describe('README', () => {
  const readme = plain(readFileSync(new URL('../README.md', import.meta.url), 'utf8'));

  it('states the false alarms and the power that are measured', { timeout: 300_000 }, () => {
    expect(readme).toContain(plain(powerTable()));
  });

  it('states the false alarms by number of features that are measured', { timeout: 300_000 }, () => {
    expect(readme).toContain(plain(familyTable()));
  });
});
