import { uniformsAt } from '@i-drill/numerics';
import { drawBed, type Bed } from './bed.js';
import { drillBottomHole } from './bottom-hole.js';
import { bitCost } from './drilling-costs.js';
import type { DrillingSettings } from './drilling-options.js';
import { drawStream } from './draw-streams.js';
import { drawDrift, drawNextFault } from './sensor-suite.js';
import { slot, wellStateSize } from './well-state.js';

const draws = new Float64Array(16);
const bed: Bed = { lithology: 0, bottomM: 0, strengthPa: 0, abrasiveness: 0, frictionCoefficient: 0, drillability: 0, cleaning: 0, poreGradient: 0, fractureGradient: 0 }; // prettier-ignore

const medianWearCapacityNm = 1.05e10;

/** A new bit on bottom: draws bit, rig, mud and the first bed. Ranges are settings of this model. */
export function beginRun(state: Float64Array, at: number, seed: number, settings: DrillingSettings): void {
  const { sensors } = settings;
  state.fill(0, at, at + wellStateSize);
  uniformsAt(draws, seed, drawStream.rig, 0);
  let next = 0;
  const between = (low: number, high: number): number => low + (high - low) * draws[next++]!;
  state[at + slot.seed] = seed;
  state[at + slot.depthM] = between(1200, 2400);
  state[at + slot.bitDepthM] = settings.tripping ? 0 : state[at + slot.depthM]!;
  state[at + slot.standTopM] = state[at + slot.depthM]!;
  const inclination = (between(3, 18) * Math.PI) / 180;
  state[at + slot.cosine] = Math.cos(inclination);
  state[at + slot.inclination] = inclination;
  state[at + slot.mudDensity] = between(1120, 1300);
  state[at + slot.plasticViscosity] = between(0.012, 0.025);
  state[at + slot.yieldPoint] = between(3, 8);
  state[at + slot.nozzleArea] = between(4e-4, 6e-4);
  state[at + slot.lateralCriticalHz] = between(2, 3.2);
  state[at + slot.axialCriticalHz] = between(0.9, 1.6);
  state[at + slot.forceRatio] = between(0.55, 0.7);
  // Log-uniform over a factor of 2: bits of one type are never quite alike.
  state[at + slot.wearCapacityNm] = medianWearCapacityNm * Math.exp(between(-0.35, 0.35));
  for (let i = 0; i < 4; i++) state[at + slot.hazardLimits + i] = -Math.log(draws[12 + i]!);
  if (sensors.driftPerStep > 0) drawDrift(state, at, sensors);
  drawNextFault(state, at, sensors);
  enterBed(state, at, 0, settings);
}

/** Goes into the bed with this number, whose top is where the bit is. */
export function enterBed(state: Float64Array, at: number, index: number, settings: DrillingSettings): void {
  const { preset } = settings;
  drawBed(preset, { seed: state[at + slot.seed]!, index, topM: state[at + slot.depthM]!, mudDensityKgM3: state[at + slot.mudDensity]! }, bed); // prettier-ignore
  state[at + slot.bedIndex] = index;
  const place = at + slot.bed;
  state[place] = bed.lithology;
  state[place + 1] = bed.bottomM;
  state[place + 2] = bed.strengthPa;
  state[place + 3] = bed.abrasiveness;
  state[place + 4] = bed.frictionCoefficient;
  state[place + 5] = bed.drillability;
  state[place + 6] = bed.poreGradient;
  state[place + 7] = bed.fractureGradient;
  state[place + 8] = bed.cleaning;
  state[at + slot.bedCostPerM] = referenceCostPerM(state, at, settings);
}

/** A reference driller: one set-point for all rock, and a bit that is neither new nor dull. */
const reference = { weightN: 100e3, rotationHz: 110 / 60, flow: 2000 / 60_000 };
const referenceWear = 0.4;
/** For connections, a dull bit and events: with it, a good driller about breaks even. */
const allowance = 1.3;

/** What a metre of the present bed costs the reference driller: (rig + wear per second·bit and trip) / rate. */
function referenceCostPerM(state: Float64Array, at: number, { bit, costs }: DrillingSettings): number {
  const density = state[at + slot.mudDensity]!;
  const { penetrationRate, wearRate } = drillBottomHole({ state, at, bit, wear: referenceWear }, reference, density);
  const perSecond = costs.rigPerHour / 3600 + wearRate * bitCost(state[at + slot.depthM]!, costs);
  return (allowance * perSecond) / penetrationRate;
}
