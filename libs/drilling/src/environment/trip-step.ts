import { pressuresOf } from './circulation.js';
import type { DrillingSettings } from './drilling-options.js';
import { slot } from './well-state.js';

const wornOut = 1;

/** Whether the next step is one of a trip: a new bit is not on bottom yet, or a dull one not at surface. After any other event the string is not pulled as usual: its hours are in its cost. */
export function hasTripAhead(state: Float64Array, at: number): boolean {
  const event = state[at + slot.event]!;
  const bitDepthM = state[at + slot.bitDepthM]!;
  return event === 0 ? bitDepthM < state[at + slot.depthM]! : event === wornOut && bitDepthM > 0;
}

/**
 * A step of a trip: the bit moves at the speed of trips, down while it is new, up when it is worn out; pumps off, nothing turns, the
 * column of mud at rest. It drills and costs nothing, since the round trip is paid for as the bit wears.
 *
 * @returns the reward, 0
 */
export function tripStep(state: Float64Array, at: number, { costs, stepSeconds }: DrillingSettings): number {
  const movedM = (costs.tripSpeedMPerH * stepSeconds) / 3600;
  const bitDepthM = state[at + slot.bitDepthM]!;
  state[at + slot.bitDepthM] =
    state[at + slot.event] === 0
      ? Math.min(state[at + slot.depthM]!, bitDepthM + movedM)
      : Math.max(0, bitDepthM - movedM);
  const truth = at + slot.truth;
  state.fill(0, truth, at + slot.shown);
  state[truth + 6] = pressuresOf(state, at, 0).circulatingDensity;
  state[at + slot.drilledM] = 0;
  state[at + slot.cost] = 0;
  state[at + slot.violations] = 0;
  return 0;
}
