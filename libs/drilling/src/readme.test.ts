import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bitRunFeatures, bitRunTarget } from './bit-run-features.js';
import { simulateBitRun } from './simulate-bit-run.js';

const digits = [1, 0, 0, 1, 2, 2, 0, 2, 2, 2, 2];

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Five rows of a run, evenly spaced from first to last, as a Markdown table. */
function exampleTable(): string[] {
  const { rows, features, remainingHours } = simulateBitRun({ seed: 7 });
  const columns = [...bitRunFeatures, bitRunTarget];
  const picked = [0, 1, 2, 3, 4].map((quarter) => Math.round((quarter * (rows - 1)) / 4));
  const values = picked.map((i) => [
    ...features.subarray(i * bitRunFeatures.length, (i + 1) * bitRunFeatures.length),
    remainingHours[i]!,
  ]);
  return [
    tableRow(columns.map(({ name, unit }) => `${name} (${unit})`)),
    ...values.map((row) => tableRow(row.map((value, column) => value.toFixed(digits[column])))),
  ];
}

function cellsOf(line: string): string {
  return line.replaceAll(/\s*\|\s*/g, '|').trim();
}

describe('README', () => {
  it('shows five rows that the simulator really gives for seed 7', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const lines = readme.split('\n').filter((line) => line.startsWith('|'));
    const start = lines.findIndex((line) => line.includes('weight_on_bit (kN)'));
    const shown = lines.slice(start, start + 7).filter((line) => !line.startsWith('| --'));
    expect(shown.map(cellsOf)).toEqual(exampleTable().map(cellsOf));
  });
});
