import type { CheckResult, SensorDataset } from '@i-drill/core';
import { blockAlways } from '../block-always.js';
import { counted } from '../figure.js';
import { rowCount } from './column.js';
import type { DataQualityRules } from './data-quality-rules.js';

/** How many units and rows there are. */
export function checkSize(dataset: SensorDataset, rule: NonNullable<DataQualityRules['size']>): CheckResult {
  const units = new Set(dataset.segments.map((segment) => segment.unit)).size;
  const rows = rowCount(dataset);
  const holds = units >= rule.minUnits && rows >= rule.minRows;
  const needed = `${counted(rule.minUnits, 'unit')} and ${counted(rule.minRows, 'row')}`;
  return {
    check: 'data.size',
    status: holds ? 'passed' : 'failed',
    reason: `${counted(units, 'unit')} with ${counted(rows, 'row')}, at least ${needed} needed`,
    measurements: [
      { name: 'units', value: units, limit: `>= ${rule.minUnits}` },
      { name: 'rows', value: rows, limit: `>= ${rule.minRows}` },
    ],
    consequences: rule.consequences ?? blockAlways,
  };
}
