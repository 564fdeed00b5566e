import type { CheckResult, SensorDataset } from '@i-drill/core';
import { columnCheck } from './column-check.js';
import { findColumn, type Column } from './column.js';
import type { DataQualityRules } from './data-quality-rules.js';
import { positionsWhere } from './positions.js';

type Direction = 'rising' | 'falling';

/** Steps in the wrong direction within a unit. `undefined` where no column has a direction. */
export function checkMonotone(
  dataset: SensorDataset,
  rule: NonNullable<DataQualityRules['monotone']>,
): CheckResult | undefined {
  const directions = Object.entries({ ...impliedDirections(dataset), ...rule.columns });
  if (directions.length === 0) return undefined;
  const columns = directions.map(([name, direction]) => ({ name, direction, column: findColumn(dataset, name) }));
  const starts = firstRows(dataset);
  return columnCheck(dataset, {
    check: 'data.monotone',
    what: 'steps in the wrong direction',
    maxShare: 0,
    findings: columns.flatMap(({ column, direction }) =>
      column === undefined ? [] : { column, positions: wrongSteps(column, direction, starts) },
    ),
    unmeasured: columns.filter(({ column }) => column === undefined).map(({ name }) => name),
    consequences: rule.consequences,
  });
}

function impliedDirections({ task, target }: SensorDataset): Record<string, Direction> {
  return task === 'remaining-useful-life' ? { [target.name]: 'falling' } : {};
}

function wrongSteps({ values }: Column, direction: Direction, starts: ReadonlySet<number>): number[] {
  const sign = direction === 'rising' ? 1 : -1;
  return positionsWhere(values, (value, i) => !starts.has(i) && sign * (value - values[i - 1]!) < 0);
}

/** Positions at which a segment of another unit begins, or the first of all. */
function firstRows({ segments }: SensorDataset): Set<number> {
  const starts = new Set<number>();
  let offset = 0;
  segments.forEach((segment, i) => {
    if (segments[i - 1]?.unit !== segment.unit) starts.add(offset);
    offset += segment.rows;
  });
  return starts;
}
