import { bootstrapInterval, createRng, type Interval } from '@i-drill/numerics';
import type { WellResult } from './run-wells.js';

/** A figure over some wells, and where it would be in others. */
export interface WellFigure {
  readonly value: number;
  /** 95 %, by resampling the wells. */
  readonly interval: Interval;
}

/** What a way to drill is judged by. */
export interface WellFigures {
  /** USD per metre: all costs over all metres. */
  readonly costPerM: WellFigure;
  /** m/h, connections included. */
  readonly rateOfPenetration: WellFigure;
  /** Per 1000 m. */
  readonly bitRuns: WellFigure;
  /** Exceeded limits per 1000 m. */
  readonly violations: WellFigure;
  /** Events other than a bit that is worn out, per 1000 m. */
  readonly events: WellFigure;
  /** Thousands of USD. */
  readonly meanReturn: WellFigure;
  /** Mean of the tenth of the wells with the lowest returns, thousands of USD. */
  readonly conditionalValueAtRisk: WellFigure;
}

const resamples = 1000;
const tail = 0.1;

type Statistic = (wells: readonly WellResult[]) => number;

const statistics: Readonly<Record<keyof WellFigures, Statistic>> = {
  costPerM: ratio(({ cost }) => cost),
  rateOfPenetration: (wells) => sum(wells, ({ drilledM }) => drilledM) / sum(wells, ({ hours }) => hours),
  bitRuns: ratio(() => 1000),
  violations: ratio(({ violations }) => 1000 * violations),
  events: ratio(({ end }) => (end === 'worn-out' || end === 'limit of steps' ? 0 : 1000)),
  meanReturn: (wells) => sum(wells, (well) => well.return) / wells.length,
  conditionalValueAtRisk(wells) {
    const returns = wells.map((well) => well.return).sort((a, b) => a - b);
    const worst = returns.slice(0, Math.max(1, Math.round(tail * returns.length)));
    return worst.reduce((total, value) => total + value, 0) / worst.length;
  },
};

/** Figures of independent wells with percentile bootstrap intervals, wells as units; the same seed gives the same ends. */
export function wellFigures(wells: readonly WellResult[], seed = 1): WellFigures {
  const numbers = wells.map((_, i) => i);
  const entries = Object.entries(statistics).map(([name, statistic]) => {
    const of = (drawn: readonly number[]): number => statistic(drawn.map((i) => wells[i]!));
    const interval = bootstrapInterval(numbers, of, { rng: createRng(seed), resamples, level: 0.95 });
    return [name, { value: statistic(wells), interval }] as const;
  });
  return Object.fromEntries(entries) as Record<keyof WellFigures, WellFigure>;
}

function ratio(of: (well: WellResult) => number): Statistic {
  return (wells) => sum(wells, of) / sum(wells, ({ drilledM }) => drilledM);
}

function sum(wells: readonly WellResult[], of: (well: WellResult) => number): number {
  let total = 0;
  for (const well of wells) total += of(well);
  return total;
}
