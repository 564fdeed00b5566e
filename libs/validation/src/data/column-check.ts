import type { CheckResult, Consequences, Measurement, SensorDataset } from '@i-drill/core';
import { blockAlways } from '../block-always.js';
import { counted, figure, percent } from '../figure.js';
import { rowPlace, type Column } from './column.js';

/** Rows of one column that break a rule. */
interface ColumnFinding {
  readonly column: Column;
  /** Positions in the column. */
  readonly positions: readonly number[];
}

/** A rule that every column may break in some share of its rows. */
export interface ColumnCheck {
  readonly check: string;
  /** What a breaking row holds: `missing values`. */
  readonly what: string;
  readonly maxShare: number;
  readonly findings: readonly ColumnFinding[];
  /** Columns the rule could not be applied to. */
  readonly unmeasured: readonly string[];
  readonly consequences: Consequences | undefined;
}

const shownColumns = 10;
const shownExamples = 3;

/** `failed` where a column breaks the rule too often, `error` where one could not be measured, else `passed`. */
export function columnCheck(dataset: SensorDataset, check: ColumnCheck): CheckResult {
  const broken = check.findings
    .filter((finding) => finding.positions.length > 0)
    .toSorted((a, b) => shareOf(b) - shareOf(a));
  const failed = broken.filter((finding) => shareOf(finding) > check.maxShare);
  return {
    check: check.check,
    status: failed.length > 0 ? 'failed' : check.unmeasured.length > 0 ? 'error' : 'passed',
    reason: reasonOf(check, broken, failed),
    measurements: broken.slice(0, shownColumns).flatMap((finding) => measurementsOf(dataset, check, finding)),
    consequences: check.consequences ?? blockAlways,
  };
}

function reasonOf(
  { what, maxShare, unmeasured, findings }: ColumnCheck,
  broken: readonly ColumnFinding[],
  failed: readonly ColumnFinding[],
): string {
  const [worst] = broken;
  const unknown = unmeasured.length === 0 ? '' : `; could not be measured: ${unmeasured.join(', ')}`;
  if (worst === undefined) return `no ${what} in ${counted(findings.length, 'column')}${unknown}`;
  const { spec, values } = worst.column;
  const rows = `${worst.positions.length} of ${counted(values.length, 'row')}`;
  const columns = failed.length === 0 ? '' : `${counted(failed.length, 'column')} beyond the limit; `;
  return `${columns}"${spec.name}" has ${what} in ${rows} (${percent(shareOf(worst))}, limit ${percent(maxShare)})${unknown}`;
}

function measurementsOf(
  dataset: SensorDataset,
  { what, maxShare }: ColumnCheck,
  finding: ColumnFinding,
): Measurement[] {
  const { spec, values } = finding.column;
  const examples = finding.positions
    .slice(0, shownExamples)
    .map((position) => `${rowPlace(dataset, position)}: ${figure(values[position]!)}`);
  return [
    { name: `${spec.name}: ${what}`, value: shareOf(finding), limit: `<= ${figure(maxShare)}`, unit: 'share of rows' },
    { name: `${spec.name}: for example`, value: examples.join('; '), unit: spec.unit },
  ];
}

function shareOf({ column, positions }: ColumnFinding): number {
  return positions.length / column.values.length;
}
