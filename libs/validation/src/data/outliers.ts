import type { CheckResult, SensorDataset } from '@i-drill/core';
import { mean, quantile } from '@i-drill/numerics';
import { columnCheck } from './column-check.js';
import { featureColumns, type Column } from './column.js';
import type { DataQualityRules } from './data-quality-rules.js';
import { isEmpty } from './missing-values.js';
import { positionsWhere } from './positions.js';

/** Standard deviation of a normal distribution over its median absolute deviation. */
const sdPerMedianDeviation = 1.482602218505602;
/** The same over its mean absolute deviation: √(π/2). */
const sdPerMeanDeviation = 1.2533141373155003;

/**
 * Values far from the median of their column, in robust standard deviations (Iglewicz and Hoaglin 1993): from the median
 * absolute deviation, or from the mean absolute deviation where more than half of the values are equal.
 */
export function checkOutliers(dataset: SensorDataset, rule: NonNullable<DataQualityRules['outliers']>): CheckResult {
  const columns = featureColumns(dataset);
  return columnCheck(dataset, {
    check: 'data.outliers',
    what: 'outliers',
    maxShare: rule.maxShare,
    findings: columns.filter((column) => !isEmpty(column)).map((column) => outliers(column, rule.robustSds)),
    unmeasured: columns.filter(isEmpty).map(({ spec }) => spec.name),
    consequences: rule.consequences,
  });
}

function outliers(column: Column, robustSds: number): { column: Column; positions: number[] } {
  const values = column.values.filter(Number.isFinite);
  const median = quantile(values, 0.5);
  const deviations = values.map((value) => Math.abs(value - median));
  const reach = robustSds * robustSd(deviations);
  const isOutlier = (value: number): boolean => Number.isFinite(value) && Math.abs(value - median) > reach;
  return { column, positions: positionsWhere(column.values, isOutlier) };
}

function robustSd(deviations: Float64Array): number {
  const median = quantile(deviations, 0.5);
  return median > 0 ? sdPerMedianDeviation * median : sdPerMeanDeviation * mean(deviations);
}
