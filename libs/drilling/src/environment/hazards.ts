import { bitCost, drillingEvents, eventCost, type DrillingCosts } from './drilling-costs.js';
import { slot } from './well-state.js';

/** What brings an event nearer. */
export interface HazardLoad {
  readonly hours: number;
  readonly severity: number;
  readonly torqueNm: number;
  /** Equivalent circulating density, kg/m³. */
  readonly ecd: number;
  readonly poreGradient: number;
  readonly fractureGradient: number;
  readonly cuttingsShare: number;
  readonly costs: DrillingCosts;
}

/** Torque the joints are made up to. */
export const torqueLimitNm = 22e3;
/** Share of cuttings above which pipe packs off. */
export const cuttingsLimit = 0.05;

/**
 * Adds a step's hazard of each event and says which has come to pass: the one whose sum has reached the limit that was drawn
 * for it (exponential with mean 1), which makes the rates below chances per hour. Rates are settings of this model:
 *
 *   twist-off  0.5·max(0, S − 0.9)²  + 0.02·(T / T_limit)⁸       S severity of stick-slip
 *   kick       0.2·max(0, pore − ECD) / 10 kg/m³
 *   loss       0.15·max(0, ECD − fracture) / 10 kg/m³
 *   stuck      0.3·max(0, c − 0.05) / 0.02                     c share of cuttings
 *
 * @returns 0, or the number of the event
 */
export function addHazards(state: Float64Array, at: number, load: HazardLoad): number {
  const { hours, severity, torqueNm, ecd } = load;
  const squared = (torqueNm / torqueLimitNm) ** 2;
  const fourth = squared * squared;
  step[0] = hours * (0.5 * Math.max(0, Math.min(severity, 5) - 0.9) ** 2 + 0.02 * fourth * fourth);
  step[1] = (hours * 0.2 * Math.max(0, load.poreGradient - ecd)) / 10;
  step[2] = (hours * 0.15 * Math.max(0, ecd - load.fractureGradient)) / 10;
  step[3] = (hours * 0.3 * Math.max(0, load.cuttingsShare - cuttingsLimit)) / 0.02;
  const [sums, limits] = [at + slot.hazards, at + slot.hazardLimits];
  const lostBit = bitCost(state[at + slot.depthM]!, load.costs) * (1 - state[at + slot.wear]!);
  let [event, risk] = [0, 0];
  for (let i = 3; i >= 0; i--) {
    if (step[i] === 0) continue;
    state[sums + i]! += step[i]!;
    risk += step[i]! * (eventCost(drillingEvents[i + 1]!, load.costs) + lostBit);
    if (state[sums + i]! >= state[limits + i]!) event = 2 + i;
  }
  state[at + slot.riskCost] = risk;
  return event;
}

/** Hazard of each event in a step. */
const step = new Float64Array(4);
