import type { CheckResult, SensorDataset } from '@i-drill/core';
import { isConstant } from '@i-drill/numerics';
import { blockAlways } from '../block-always.js';
import { counted, figure } from '../figure.js';
import { featureColumns } from './column.js';
import type { DataRule } from './data-quality-rules.js';
import { isEmpty } from './missing-values.js';

/** Features with one single value. They carry nothing a model could learn. */
export function checkConstantColumns(dataset: SensorDataset, rule: DataRule): CheckResult {
  const columns = featureColumns(dataset);
  const empty = columns.filter(isEmpty).map(({ spec }) => spec.name);
  const constant = columns
    .map(({ spec, values }) => ({ spec, values: values.filter(Number.isFinite) }))
    .filter(({ values }) => values.length > 0 && isConstant(values));
  const names = constant.map(({ spec }) => `"${spec.name}"`).join(', ');
  const unknown = empty.length === 0 ? '' : `; could not be measured: ${empty.join(', ')}`;
  const found =
    constant.length === 0 ? 'no column is constant' : `${counted(constant.length, 'constant column')}: ${names}`;
  return {
    check: 'data.constant_columns',
    status: constant.length > 0 ? 'failed' : empty.length > 0 ? 'error' : 'passed',
    reason: `${found}${unknown}`,
    measurements: constant.map(({ spec, values }) => ({
      name: spec.name,
      value: `always ${figure(values[0]!)}`,
      unit: spec.unit,
    })),
    consequences: rule.consequences ?? blockAlways,
  };
}
