import type { PredictionInterval } from '@i-drill/core';
import type { OutputColumn } from '@i-drill/training';

/** The column that is the prediction: the point, or where there is none the median; −1 where there is neither. */
export function pointColumn(columns: readonly OutputColumn[]): number {
  const point = columns.findIndex((column) => column.kind === 'point');
  return point >= 0 ? point : columns.findIndex((column) => column.kind === 'quantile' && column.level === 0.5);
}

/** The names of the classes, in the order of their columns; empty where a number is predicted. */
export function classNames(columns: readonly OutputColumn[]): string[] {
  return columns.flatMap((column) => (column.kind === 'class' ? [column.name] : []));
}

/**
 * The columns an interval starts from: the prediction for both sides (`split-conformal`), or the quantiles at
 * (1 − coverage) / 2 and (1 + coverage) / 2 (`conformalised-quantiles`); `undefined` where one of them is missing.
 */
export function intervalColumns(
  { method, coverage }: Pick<PredictionInterval, 'method' | 'coverage'>,
  columns: readonly OutputColumn[],
): { readonly lower: number; readonly upper: number } | undefined {
  const point = pointColumn(columns);
  if (method === 'split-conformal') return { lower: point, upper: point };
  const lower = quantileColumn(columns, (1 - coverage) / 2);
  const upper = quantileColumn(columns, (1 + coverage) / 2);
  return lower < 0 || upper < 0 ? undefined : { lower, upper };
}

/** Levels are computed in different ways, 0.05 and (1 − 0.9) / 2. */
const levelTolerance = 1e-9;

function quantileColumn(columns: readonly OutputColumn[], level: number): number {
  return columns.findIndex((column) => column.kind === 'quantile' && Math.abs(column.level - level) < levelTolerance);
}
