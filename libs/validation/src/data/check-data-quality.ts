import type { CheckResult, SensorDataset } from '@i-drill/core';
import { checkConstantColumns } from './constant-columns.js';
import type { DataQualityRules } from './data-quality-rules.js';
import { checkMissingValues } from './missing-values.js';
import { checkMonotone } from './monotone.js';
import { checkOutliers } from './outliers.js';
import { checkSize } from './size.js';
import { checkValueRanges } from './value-ranges.js';

/**
 * Checks data against rules, one result per rule, named `data.<rule>`. Data without a row fail `data.size` and are not
 * looked at further: every other rule would hold of nothing.
 *
 * @example
 * ```ts
 * import type { SensorDataset } from '@i-drill/core';
 * import { checkDataQuality } from '@i-drill/validation';
 * const dataset: SensorDataset = {
 *   name: 'two rows', task: 'rate-of-penetration', source: 'simulated', fingerprint: '', evaluateOn: 'every-row',
 *   features: [{ name: 'torque', unit: 'kN.m' }], target: { name: 'rop', unit: 'm/h' },
 *   segments: [{ unit: 'F-9', rows: 2, features: Float64Array.of(12, NaN), target: Float64Array.of(20, 21) }],
 * };
 * checkDataQuality(dataset, { missingValues: { maxShare: 0.1 } })[0]?.status; // => 'failed'
 * checkDataQuality(dataset, { size: { minUnits: 1, minRows: 2 } })[0]?.status; // => 'passed'
 * ```
 */
export function checkDataQuality(dataset: SensorDataset, rules: DataQualityRules): CheckResult[] {
  if (dataset.segments.every((segment) => segment.rows === 0)) {
    return [checkSize(dataset, { minUnits: 1, minRows: 1, ...rules.size })];
  }
  const { size, missingValues, outliers, constantColumns, valueRanges, monotone } = rules;
  return [
    size && checkSize(dataset, size),
    missingValues && checkMissingValues(dataset, missingValues),
    outliers && checkOutliers(dataset, outliers),
    constantColumns && checkConstantColumns(dataset, constantColumns),
    valueRanges && checkValueRanges(dataset, valueRanges),
    monotone && checkMonotone(dataset, monotone),
  ].filter((result) => result !== undefined);
}
