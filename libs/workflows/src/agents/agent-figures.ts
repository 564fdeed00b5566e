import type { WellFigures } from '@i-drill/drilling';

const names: Readonly<Record<keyof WellFigures, string>> = {
  costPerM: 'cost_per_m',
  rateOfPenetration: 'rate_of_penetration',
  bitRuns: 'bit_runs_per_km',
  violations: 'violations_per_km',
  events: 'events_per_km',
  meanReturn: 'mean_reward',
  conditionalValueAtRisk: 'cvar_return',
};

/** Figures of wells under the names they have as metrics, each with the ends of its interval. */
export function agentFigures(figures: WellFigures): Record<string, number> {
  const entries = Object.entries(figures) as [keyof WellFigures, WellFigures[keyof WellFigures]][];
  return Object.fromEntries(
    entries.flatMap(([name, { value, interval }]) => [
      [names[name], value],
      [`${names[name]}_low`, interval.low],
      [`${names[name]}_high`, interval.high],
    ]),
  );
}
