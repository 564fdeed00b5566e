import type { ModelType } from '../src/sequence/architecture.js';
import { goals, type TimedBackend } from './speed-cases.js';
import type { StepSummary } from './step-summary.js';

/** One contestant at one network. */
export interface SpeedRow extends StepSummary {
  readonly modelType: ModelType;
  readonly contestant: string;
  readonly parameters: number;
}

/** Largest relative difference of the losses after the first round. */
const sameLoss = 1e-4;

const columns = ['network', 'parameters', 'computed by', 'median', 'best', 'processor', 'windows/s', '× PyTorch', 'processor ×', 'goal', 'loss']; // prettier-ignore

/** The rows as a Markdown table. Ratios are of medians: of the time, and of the processor time. */
export function speedTable(rows: readonly SpeedRow[]): string {
  const cells = rows.map((row) => rowCells(row, torchOf(rows, row.modelType)));
  const left = new Set(['network', 'computed by', 'goal']);
  const widths = columns.map((title, column) => Math.max(title.length, 3, ...cells.map((row) => row[column]!.length)));
  const line = (values: readonly string[]): string =>
    `| ${values.map((value, column) => (left.has(columns[column]!) ? value.padEnd(widths[column]!) : value.padStart(widths[column]!))).join(' | ')} |`;
  const rule = `| ${columns.map((title, column) => (left.has(title) ? '-'.repeat(widths[column]!) : `${'-'.repeat(widths[column]! - 1)}:`)).join(' | ')} |`;
  return [line(columns), rule, ...cells.map(line)].join('\n');
}

function rowCells(row: SpeedRow, torch: SpeedRow | undefined): string[] {
  const ratios = torch && torch !== row ? [row.medianMs / torch.medianMs, row.cpuMs / torch.cpuMs] : [];
  return [
    row.modelType,
    row.parameters.toLocaleString('en'),
    row.contestant,
    `${row.medianMs.toFixed(1)} ms`,
    `${row.bestMs.toFixed(1)} ms`,
    `${row.cpuMs.toFixed(1)} ms`,
    row.windowsPerSecond.toFixed(0),
    ratios[0]?.toFixed(2) ?? '',
    ratios[1]?.toFixed(2) ?? '',
    goalWords(row, ratios),
    row.loss.toFixed(5),
  ];
}

/** Both ratios must keep to the goal. */
function goalWords({ modelType, contestant }: SpeedRow, ratios: readonly number[]): string {
  const goal = goals[modelType][contestant as TimedBackend];
  if (goal === undefined || ratios.length === 0) return '';
  return `${Math.max(...ratios) <= goal ? 'met' : 'missed'} (≤ ${goal})`;
}

function torchOf(rows: readonly SpeedRow[], modelType: ModelType): SpeedRow | undefined {
  return rows.find((row) => row.modelType === modelType && row.contestant === 'PyTorch');
}

/**
 * What makes a comparison void: networks of different size, or the same weights and the same batch learned differently.
 */
export function disagreements(rows: readonly SpeedRow[]): string[] {
  return rows.flatMap((row) => {
    const first = rows.find(({ modelType }) => modelType === row.modelType)!;
    const who = `${row.modelType}: ${first.contestant} and ${row.contestant}`;
    if (row.parameters !== first.parameters) return [`${who} train ${first.parameters} and ${row.parameters} numbers`];
    const same = Math.abs(row.loss - first.loss) <= sameLoss * first.loss;
    return same ? [] : [`${who} come to losses of ${first.loss} and ${row.loss} after the same steps`];
  });
}
