import type { WellFigure, WellFigures } from '@i-drill/drilling';

/** Columns of a table of ways to drill. */
export const wellColumns: readonly {
  readonly key: keyof WellFigures;
  readonly title: string;
  readonly digits: number;
}[] = [
  { key: 'costPerM', title: 'USD/m', digits: 1 },
  { key: 'rateOfPenetration', title: 'm/h', digits: 1 },
  { key: 'bitRuns', title: 'bit runs/km', digits: 2 },
  { key: 'violations', title: 'violations/km', digits: 1 },
  { key: 'events', title: 'events/km', digits: 3 },
  { key: 'meanReturn', title: 'return, k$', digits: 2 },
  { key: 'conditionalValueAtRisk', title: 'CVaR, k$', digits: 1 },
];

/** `12.3 (11.9-12.8)`, with the ends of the interval. */
export function figureText({ value, interval }: WellFigure, digits: number): string {
  return `${value.toFixed(digits)} (${interval.low.toFixed(digits)} to ${interval.high.toFixed(digits)})`;
}
