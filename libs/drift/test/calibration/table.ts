import { alarmsOfPlainTest, measure } from './experiment.js';
import type { StreamKind } from './streams.js';

const repeats = 400;
const seed = 11;

interface Case {
  readonly name: string;
  readonly reference: StreamKind;
  readonly current?: StreamKind;
}

const cases: readonly Case[] = [
  { name: '1 series of 1000 rows, φ = 0', reference: { series: 1, rows: 1000, columns: 1, phi: 0 } },
  { name: '1 series of 1000 rows, φ = 0.5', reference: { series: 1, rows: 1000, columns: 1, phi: 0.5 } },
  { name: '1 series of 1000 rows, φ = 0.9', reference: { series: 1, rows: 1000, columns: 1, phi: 0.9 } },
  { name: '20 series of 100 rows, φ = 0.9', reference: { series: 20, rows: 100, columns: 1, phi: 0.9 } },
  {
    name: '20 series of 200 rows, φ = 0.9, half the variance a level of the series',
    reference: { series: 20, rows: 200, columns: 1, phi: 0.9, levelShare: 0.5 },
  },
  {
    name: '40 series of 200 rows that rise by 3σ, φ = 0.9; current: 10 such series',
    reference: { series: 40, rows: 200, columns: 1, phi: 0.9, trend: 3 },
    current: { series: 10, rows: 200, columns: 1, phi: 0.9, trend: 3 },
  },
];

/** False alarms and power, measured now, as a Markdown table. */
export function powerTable(): string {
  const rows = cases.map(({ name, ...streams }) => {
    const [none, half, whole] = [0, 0.5, 1].map((shift) => measure({ ...streams, shift, repeats, seed }).alarms);
    return [name, alarmsOfPlainTest({ ...streams, shift: 0, repeats, seed }), none, half, whole];
  });
  return markdown(['streams', 'plain test, no drift', 'no drift', 'shift 0.5σ', 'shift 1σ'], rows);
}

/** False alarms of whole reports by number of features, measured now, as a Markdown table. */
export function familyTable(): string {
  const rows = [1, 8, 18, 28].map((columns) => [columns, familyAlarms(columns, 300), familyAlarms(columns, 1000)]);
  return markdown(['features', '1 series of 300 rows', '1 series of 1000 rows'], rows);
}

function familyAlarms(columns: number, rows: number): number {
  const reference = { series: 1, rows, columns, phi: 0.9 };
  return measure({ reference, shift: 0, repeats, seed }).alarms;
}

function markdown(head: readonly string[], rows: readonly (readonly (string | number | undefined)[])[]): string {
  const cells = rows.map((row) => row.map((cell, i) => (i === 0 ? cell : percent(cell))));
  return [head, head.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function percent(share: string | number | undefined): string {
  return `${(Number(share) * 100).toFixed(1)} %`;
}
