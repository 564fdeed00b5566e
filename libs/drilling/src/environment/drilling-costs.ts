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
}

/** What ends a bit run, beside the limit of steps. */
export type DrillingEvent = 'worn-out' | CostlyEvent;

/** An event that should not happen. */
export type CostlyEvent = 'twist-off' | 'kick' | 'loss' | 'stuck';

/** In the order of their numbers, from 1 on; 0 is no event. */
export const drillingEvents: readonly DrillingEvent[] = ['worn-out', 'twist-off', 'kick', 'loss', 'stuck'];

/** Of a rig on land. */
export const defaultCosts: DrillingCosts = {
  rigPerHour: 2500,
  bit: 15_000,
  tripSpeedMPerH: 600,
  events: {
    'twist-off': { hours: 48, expenses: 80_000 },
    kick: { hours: 24, expenses: 30_000 },
    loss: { hours: 16, expenses: 50_000 },
    stuck: { hours: 72, expenses: 120_000 },
  },
  violation: 150,
};

/** A round trip: out to change the bit, and back in. */
function tripHours(depthM: number, { tripSpeedMPerH }: DrillingCosts): number {
  return (2 * depthM) / tripSpeedMPerH;
}

/** A bit and the round trip that brings it, which a run pays for as it wears the bit. */
export function bitCost(depthM: number, costs: DrillingCosts): number {
  return costs.bit + tripHours(depthM, costs) * costs.rigPerHour;
}

/** What an event costs beside the bit and its trip. */
export function eventCost(event: DrillingEvent, costs: DrillingCosts): number {
  if (event === 'worn-out') return 0;
  const { hours, expenses } = costs.events[event];
  return hours * costs.rigPerHour + expenses;
}
