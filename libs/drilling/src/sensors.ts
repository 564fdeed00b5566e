import type { Rng } from '@i-drill/core';
import { normal } from '@i-drill/numerics';
import type { DrillingPoint } from './drilling-point.js';
import { clamp } from './random-draws.js';
import { holeAreaM2 } from './rig.js';
import { specificEnergy } from './specific-energy.js';

/** Relative standard deviation of each reading; settings of this model. */
const noise = {
  weight: 0.03,
  rotation: 0.01,
  flow: 0.01,
  penetrationRate: 0.05,
  torque: 0.03,
  pressure: 0.01,
  vibration: 0.12,
} as const;

/** How the sensors are calibrated. */
export interface SensorCalibration {
  /** Torque shown over torque there is. */
  readonly torqueSensorGain: number;
}

/**
 * One row as the rig shows it: noise proportional to the value on every channel, and the specific energy worked out from
 * the other readings, errors included. Columns as in `bitRunFeatures` without hours on bit.
 */
export function readSensors(truth: DrillingPoint, { torqueSensorGain }: SensorCalibration, rng: Rng): number[] {
  const weightN = noisy(truth.weightN, noise.weight, rng);
  const rotationHz = noisy(truth.rotationHz, noise.rotation, rng);
  const flow = noisy(truth.flow, noise.flow, rng);
  const penetrationRate = noisy(truth.penetrationRate, noise.penetrationRate, rng);
  const torqueNm = noisy(truth.surfaceTorqueNm, noise.torque, rng) * torqueSensorGain;
  const energyPa = specificEnergy({ weightN, rotationHz, torqueNm, penetrationRate, holeAreaM2 });
  return [
    weightN / 1e3,
    rotationHz * 60,
    flow * 60_000,
    penetrationRate * 3600,
    torqueNm / 1e3,
    noisy(truth.standpipePressurePa, noise.pressure, rng) / 1e6,
    energyPa / 1e6,
    noisy(truth.axialG, noise.vibration, rng),
    noisy(truth.lateralG, noise.vibration, rng),
  ];
}

/** Normal noise cut at four standard deviations, so that no reading changes sign. */
function noisy(value: number, relative: number, rng: Rng): number {
  return value * (1 + relative * clamp(normal(rng), [-4, 4]));
}
