import { createRng, mean, standardDeviation } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import { readSensors } from './sensors.js';

const truth = {
  weightN: 80e3,
  rotationHz: 2,
  flow: 0.03,
  penetrationRate: 0.005,
  surfaceTorqueNm: 8000,
  standpipePressurePa: 12e6,
  axialG: 0.2,
  lateralG: 1,
};
const shown = [80, 120, 1800, 18, 8, 12];
const calibrated = { torqueSensorGain: 1 };

describe('readSensors()', () => {
  it('shows the truth in rig units, with errors of the stated size around it', () => {
    const rng = createRng(1);
    const rows = Array.from({ length: 4000 }, () => readSensors(truth, calibrated, rng));
    const relative = [0.03, 0.01, 0.01, 0.05, 0.03, 0.01];
    shown.forEach((value, column) => {
      const readings = rows.map((row) => row[column]! / value);
      expect(mean(readings)).toBeCloseTo(1, 2);
      expect(standardDeviation(readings) / relative[column]!).toBeCloseTo(1, 1);
    });
  });

  it('works the specific energy out from the readings, errors included', () => {
    const [weight, rpm, , rate, torque, , energy] = readSensors(truth, calibrated, createRng(5));
    const areaM2 = (Math.PI / 4) * 0.2159 ** 2; // 8½ in
    const thrustMpa = weight! / 1e3 / areaM2;
    const rotaryMpa = (2 * Math.PI * (rpm! / 60) * (torque! / 1e3)) / (areaM2 * (rate! / 3600));
    expect(energy! / (thrustMpa + rotaryMpa)).toBeCloseTo(1, 12);
  });

  it('shows the torque times the gain of a miscalibrated sensor, and nothing else but the energy changes', () => {
    const right = readSensors(truth, calibrated, createRng(5));
    const biased = readSensors(truth, { torqueSensorGain: 1.3 }, createRng(5));
    const ratios = biased.map((value, column) => value / right[column]!);
    expect(ratios[4]).toBeCloseTo(1.3, 12);
    expect(ratios[6]).toBeGreaterThan(1.25);
    expect(ratios.filter((_, column) => column !== 4 && column !== 6)).toEqual([1, 1, 1, 1, 1, 1, 1]);
  });
});
