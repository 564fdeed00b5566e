import { stringTorque } from '../string-torque.js';
import { enterBed } from './begin-run.js';
import { drillBottomHole, type BottomHole, type SetPoint } from './bottom-hole.js';
import { carryCuttings, pressuresOf, type WellPressures } from './circulation.js';
import { bitCost, drillingEvents, eventCost } from './drilling-costs.js';
import type { DrillingSettings } from './drilling-options.js';
import { addHazards, cuttingsLimit, torqueLimitNm } from './hazards.js';
import { buoyedWeightPerLength, holeFriction, jointRadiusM } from './string-geometry.js';
import { slot } from './well-state.js';

/** Length of a stand of three joints, and the time it takes to add one. */
const standM = 28.5;
const connectionS = 300;

/** What counts as a violation when it is exceeded, beside the window of pore and fracture pressure. */
const limits = { standpipePa: 25e6, lateralG: 3, severity: 1, torqueNm: torqueLimitNm, cuttingsShare: cuttingsLimit };

const offBottom: SetPoint = { weightN: 0, rotationHz: 0, flow: 0 };

/**
 * One step: drilling with the given set-points, or a connection, in which the bit stands off bottom and the pumps are off.
 * Writes the truth of the step; a bed, a stand, an event begin where they are due.
 *
 * @returns the reward, see {@link drillingModel}
 */
export function drillStep(state: Float64Array, at: number, asked: SetPoint, settings: DrillingSettings): number {
  const { stepSeconds, bit } = settings;
  const isConnection = state[at + slot.connectionS]! > 0;
  const set = isConnection ? offBottom : asked;
  const bottom = drillBottomHole({ state, at, bit, wear: state[at + slot.wear]! }, set, state[at + slot.truth + 6]!);
  const drilledM = bottom.penetrationRate * stepSeconds;
  carryCuttings(state, at, bottom.penetrationRate, { flow: set.flow, seconds: stepSeconds });
  state[at + slot.depthM]! += drilledM;
  state[at + slot.bitDepthM] = state[at + slot.depthM]!;
  const pressures = pressuresOf(state, at, set.flow);
  const torqueNm = surfaceTorque(state, at, set, bottom);
  writeTruth(state, at, { set, bottom, pressures, torqueNm });
  state[at + slot.wear] = Math.min(1, state[at + slot.wear]! + bottom.wearRate * stepSeconds);
  if (!isConnection) state[at + slot.hoursOnBit]! += stepSeconds / 3600;
  state[at + slot.drilledM] = drilledM;
  state[at + slot.violations] = violations(state, at, { bottom, pressures, torqueNm });
  state[at + slot.event] = eventOf(state, at, { bottom, pressures, torqueNm }, settings);
  const reward = settle(state, at, settings);
  if (state[at + slot.depthM]! >= state[at + slot.bed + 1]!)
    enterBed(state, at, state[at + slot.bedIndex]! + 1, settings);
  takeStand(state, at, stepSeconds);
  return reward;
}

interface StepTruth {
  readonly bottom: Readonly<BottomHole>;
  readonly pressures: Readonly<WellPressures>;
  readonly torqueNm: number;
}

function surfaceTorque(
  state: Float64Array,
  at: number,
  { rotationHz }: SetPoint,
  { bitTorqueNm }: Readonly<BottomHole>,
): number {
  if (rotationHz <= 0) return 0;
  const lost = stringTorque({
    lengthM: state[at + slot.depthM]!,
    weightPerLength: buoyedWeightPerLength,
    inclinationRad: state[at + slot.inclination]!,
    jointRadiusM,
    frictionCoefficient: holeFriction,
  });
  return bitTorqueNm + lost;
}

/** In the units and order of the measured channels. */
function writeTruth(
  state: Float64Array,
  at: number,
  { set, bottom, pressures, torqueNm }: StepTruth & { readonly set: SetPoint },
): void {
  const truth = at + slot.truth;
  state[truth] = set.weightN / 1e3;
  state[truth + 1] = set.rotationHz * 60;
  state[truth + 2] = set.flow * 60_000;
  state[truth + 3] = bottom.penetrationRate * 3600;
  state[truth + 4] = torqueNm / 1e3;
  state[truth + 5] = pressures.standpipePa / 1e6;
  state[truth + 6] = pressures.circulatingDensity;
  state[truth + 7] = bottom.axialG;
  state[truth + 8] = bottom.lateralG;
  state[truth + 9] = Math.min(5, bottom.severity);
  state[truth + 10] = gainOrLoss(state, at, pressures.circulatingDensity);
}

/** L/min per kg/m³ by which the mud's column is too light or too heavy; a setting of this model. */
const exchange = 20;

/** What flows back in excess of what is pumped: the rock gives where the column is too light, and takes where it is too heavy. */
function gainOrLoss(state: Float64Array, at: number, circulatingDensity: number): number {
  const gain = Math.max(0, state[at + slot.bed + 6]! - circulatingDensity);
  return exchange * (gain - Math.max(0, circulatingDensity - state[at + slot.bed + 7]!));
}

function violations(state: Float64Array, at: number, { bottom, pressures, torqueNm }: StepTruth): number {
  const { circulatingDensity, standpipePa } = pressures;
  let count = 0;
  if (circulatingDensity < state[at + slot.bed + 6]!) count++;
  if (circulatingDensity > state[at + slot.bed + 7]!) count++;
  if (standpipePa > limits.standpipePa) count++;
  if (bottom.lateralG > limits.lateralG) count++;
  if (bottom.severity > limits.severity) count++;
  if (torqueNm > limits.torqueNm) count++;
  if (state[at + slot.cuttingsShare]! > limits.cuttingsShare) count++;
  return count;
}

function eventOf(
  state: Float64Array,
  at: number,
  { bottom, pressures, torqueNm }: StepTruth,
  { stepSeconds, costs }: DrillingSettings,
): number {
  const event = addHazards(state, at, {
    hours: stepSeconds / 3600,
    severity: bottom.severity,
    torqueNm,
    ecd: pressures.circulatingDensity,
    poreGradient: state[at + slot.bed + 6]!,
    fractureGradient: state[at + slot.bed + 7]!,
    cuttingsShare: state[at + slot.cuttingsShare]!,
    costs,
  });
  return event === 0 && state[at + slot.wear]! >= 1 ? 1 : event;
}

/** A stand that is down asks for a connection. */
function takeStand(state: Float64Array, at: number, stepSeconds: number): void {
  if (state[at + slot.connectionS]! > 0) {
    state[at + slot.connectionS] = Math.max(0, state[at + slot.connectionS]! - stepSeconds);
  } else if (state[at + slot.depthM]! - state[at + slot.standTopM]! >= standM) {
    state[at + slot.standTopM] = state[at + slot.depthM]!;
    state[at + slot.connectionS] = connectionS;
  }
}

/** Cost and reward of the step. What of the bit and its trip is not paid for yet falls due at the end. */
function settle(state: Float64Array, at: number, { costs, stepSeconds, risk }: DrillingSettings): number {
  const event = state[at + slot.event]!;
  const bedCostPerM = state[at + slot.bedCostPerM]!;
  const due = bitCost(state[at + slot.depthM]!, costs) * (event === 0 ? state[at + slot.wear]! : 1);
  const extra = event === 0 ? 0 : eventCost(drillingEvents[event - 1]!, costs);
  // What of the bit is lost by an event other than wear.
  const lost = event > 1 ? bitCost(state[at + slot.depthM]!, costs) * (1 - state[at + slot.wear]!) : 0;
  const luck = risk === 'realised' ? 0 : extra + lost - state[at + slot.riskCost]!;
  const cost = (costs.rigPerHour * stepSeconds) / 3600 + due - state[at + slot.paid]! + extra;
  state[at + slot.paid] = due;
  state[at + slot.cost] = cost;
  const penalty = costs.violation * state[at + slot.violations]!;
  return (bedCostPerM * state[at + slot.drilledM]! - cost + luck - penalty) / 1000;
}
