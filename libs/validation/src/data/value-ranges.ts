import type { CheckResult, SensorDataset } from '@i-drill/core';
import { columnCheck } from './column-check.js';
import { findColumn } from './column.js';
import type { DataQualityRules, ValueRange } from './data-quality-rules.js';
import { positionsWhere } from './positions.js';

/**
 * Values outside the stated bounds of their column. A bound for a column the data lack is an `error`. `undefined` where
 * no column has bounds.
 */
export function checkValueRanges(
  dataset: SensorDataset,
  rule: NonNullable<DataQualityRules['valueRanges']>,
): CheckResult | undefined {
  const ranges = Object.entries(rule.columns).map(([name, range]) => ({
    name,
    range,
    column: findColumn(dataset, name),
  }));
  if (ranges.length === 0) return undefined;
  return columnCheck(dataset, {
    check: 'data.value_ranges',
    what: 'values out of range',
    maxShare: 0,
    findings: ranges.flatMap(({ column, range }) =>
      column === undefined
        ? []
        : { column, positions: positionsWhere(column.values, (value) => isOutside(value, range)) },
    ),
    unmeasured: ranges.filter(({ column }) => column === undefined).map(({ name }) => name),
    consequences: rule.consequences,
  });
}

function isOutside(value: number, { min = -Infinity, max = Infinity }: ValueRange): boolean {
  return value < min || value > max; // a missing value is neither
}
