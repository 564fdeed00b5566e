import type { CheckResult, SensorDataset } from '@i-drill/core';
import { columnCheck } from './column-check.js';
import { featureColumns, targetColumn, type Column } from './column.js';
import type { DataQualityRules } from './data-quality-rules.js';
import { positionsWhere } from './positions.js';

/**
 * Rows without a finite value, per feature. A column without any value breaks the rule whatever the limit; so does a
 * target without any. Single rows without target are no fault: they are not trained on.
 */
export function checkMissingValues(
  dataset: SensorDataset,
  rule: NonNullable<DataQualityRules['missingValues']>,
): CheckResult {
  const columns = featureColumns(dataset);
  const result = columnCheck(dataset, {
    check: 'data.missing_values',
    what: 'missing values',
    maxShare: rule.maxShare,
    findings: columns.map((column) => ({ column, positions: positionsWhere(column.values, isMissing) })),
    unmeasured: [],
    consequences: rule.consequences,
  });
  const empty = [...columns, targetColumn(dataset)].filter(isEmpty).map(({ spec }) => `"${spec.name}"`);
  if (empty.length === 0) return result;
  return { ...result, status: 'failed', reason: `no value at all in ${empty.join(', ')}; ${result.reason}` };
}

/** Whether a column has no value at all. */
export function isEmpty({ values }: Column): boolean {
  return values.every(isMissing);
}

function isMissing(value: number): boolean {
  return !Number.isFinite(value);
}
