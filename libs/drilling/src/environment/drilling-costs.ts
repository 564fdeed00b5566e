/** What things cost, in US dollars; the sizes of a land rig, and settings of this model. */
export interface DrillingCosts {
  /** Per hour, whether it drills or not. */
  readonly rigPerHour: number;
  /** A new bit. */
  readonly bit: number;
  /** Metres of pipe run per hour of a trip. */
  readonly tripSpeedMPerH: number;
  /** Hours lost and other expenses of each event. */
  readonly events: Readonly<Record<CostlyEvent, { readonly hours: number; readonly expenses: number }>>;
  /** Charged for each limit that is exceeded in a step. */
  readonly violation: number;
  /** What a metre of hole is worth; see {@link defaultCosts}. */
  readonly valuePerM: number;
}

/** What ends a bit run, beside the limit of steps. */
export type DrillingEvent = 'worn-out' | CostlyEvent;

/** An event that should not happen. */
export type CostlyEvent = 'twist-off' | 'kick' | 'loss' | 'stuck';

/** In the order of their numbers, from 1 on; 0 is no event. */
export const drillingEvents: readonly DrillingEvent[] = ['worn-out', 'twist-off', 'kick', 'loss', 'stuck'];

/**
 * A metre's value is near what a good driller pays for it. Cost per metre is a ratio; a policy that makes the sum of
 * value − cost as large as it can is the one with the least ratio where the value is that ratio itself (Dinkelbach 1967, "On
 * nonlinear fractional programming", Management Science 13(7)).
 */
export function defaultCosts(valuePerM: number): DrillingCosts {
  return {
    rigPerHour: 2500,
    bit: 25_000,
    tripSpeedMPerH: 400,
    events: {
      'twist-off': { hours: 48, expenses: 80_000 },
      kick: { hours: 24, expenses: 30_000 },
      loss: { hours: 16, expenses: 50_000 },
      stuck: { hours: 72, expenses: 120_000 },
    },
    violation: 100,
    valuePerM,
  };
}

/** A round trip: out to change the bit, and back in. */
export function tripHours(depthM: number, { tripSpeedMPerH }: DrillingCosts): number {
  return (2 * depthM) / tripSpeedMPerH;
}

/** What it costs that a run ends by an event: hours and expenses of it, a round trip, a new bit. */
export function endCost(event: DrillingEvent, depthM: number, costs: DrillingCosts): number {
  const { hours, expenses } = event === 'worn-out' ? { hours: 0, expenses: 0 } : costs.events[event];
  return (hours + tripHours(depthM, costs)) * costs.rigPerHour + expenses + costs.bit;
}
