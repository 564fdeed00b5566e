import { describe, expect, it } from 'vitest';
import { stickSlipSeverity, torsionalString } from './stick-slip.js';
import { createTorsionalString, lowestTorsionalFrequency, severityOf, weakeningTorque, type StringGeometry } from './torsional-string.js'; // prettier-ignore

const geometry: StringGeometry = {
  pipe: { outerM: 0.127, innerM: 0.1086 },
  pipeLengthM: 2000,
  collar: { outerM: 0.1651, innerM: 0.0714 },
  collarLengthM: 150,
};
const still = (): number => 0;

/** Frequency of a swing from the times at which the bit stands still. */
function measuredFrequency(elements: number): number {
  const string = createTorsionalString(geometry, { elements });
  string.turn(0.1); // with the top held: the collars swing on
  const [step, crossings] = [0.002, [] as number[]];
  let former = string.bitSpeed;
  for (let time = 0; time < 60; time += step) {
    string.run(step, 0, still);
    const speed = string.bitSpeed;
    if (former < 0 && speed >= 0) crossings.push(time + (step * former) / (former - speed));
    former = speed;
  }
  return (crossings.length - 1) / (crossings.at(-1)! - crossings[0]!);
}

describe('createTorsionalString()', () => {
  it('swings at the lowest frequency of the wave equation within 1 %', () => {
    expect(Math.abs(measuredFrequency(100) / lowestTorsionalFrequency(geometry) - 1)).toBeLessThan(0.01);
  });

  it('with one element swings as a flywheel on a spring', () => {
    const { pipeStiffness, assemblyInertia, pipeInertiaPerM } = torsionalString(geometry.pipe, geometry.collar, 150);
    const inertia = assemblyInertia + (pipeInertiaPerM * 2000) / 2;
    const frequency = Math.sqrt(pipeStiffness / 2000 / inertia) / (2 * Math.PI);
    expect(Math.abs(measuredFrequency(1) / frequency - 1)).toBeLessThan(0.001);
  });

  it('loses no energy and makes none, within 0.1 % of what goes through in a minute', () => {
    const string = createTorsionalString(geometry, { dampingPerM: 0.02 });
    string.turn(10);
    const before = string.energy;
    string.run(60, 10, weakeningTorque({ slidingNm: 3000, staticNm: 5000, fallSpeed: 2 }));
    const balance = string.energy - before - (string.workIn - string.workOut);
    expect(Math.abs(balance)).toBeLessThan(0.001 * string.workIn);
    expect(string.workIn).toBeGreaterThan(1e5);
  });

  it('twists as a straight pipe does under a constant torque', () => {
    const string = createTorsionalString(geometry, { dampingPerM: 0.3 });
    string.turn(10);
    for (let i = 0; i < 300; i++) string.run(1, 10, () => 2000);
    const friction = 0.3 * 10 * 2000; // grows along the pipe: twists half as much as at the end
    const { pipeStiffness } = torsionalString(geometry.pipe, geometry.collar, 150);
    expect(string.bitSpeed).toBeCloseTo(10, 3);
    expect(string.topTorque).toBeCloseTo(2000 + friction, 0);
    expect(Math.abs(string.twist / (((2000 + friction / 2) * 2000) / pipeStiffness) - 1)).toBeLessThan(0.01);
  });

  it('sticks and slips where the top is slow, and turns evenly where it is fast', () => {
    const severity = (topSpeed: number): number => {
      const string = createTorsionalString(geometry, { elements: 30, dampingPerM: 0.005 });
      string.turn(topSpeed);
      const torque = weakeningTorque({ slidingNm: 3000, staticNm: 5000, fallSpeed: 2 });
      string.run(60, topSpeed, torque);
      const speeds = Array.from({ length: 600 }, () => {
        string.run(0.05, topSpeed, torque);
        return string.bitSpeed;
      });
      return severityOf(speeds);
    };
    expect(severity(6)).toBeGreaterThan(1);
    expect(severity(20)).toBeLessThan(0.4);
  });

  it('refuses what is no string', () => {
    expect(() => createTorsionalString({ ...geometry, pipeLengthM: 0 })).toThrow(RangeError);
    expect(() => createTorsionalString(geometry, { elements: 0 })).toThrow(RangeError);
    expect(() => severityOf([])).toThrow(RangeError);
  });
});

describe('stickSlipSeverity()', () => {
  const string = torsionalString(geometry.pipe, geometry.collar, 150);
  const load = { lengthM: 2000, rotationHz: 2, torqueNm: 5000 };

  it('is the swing of the torque over √(kJ) and the speed, worked by hand', () => {
    // k = 943 866 / 2000 = 471.93; J = 82.1 + 2000·0.0934 / 3 = 146.2 → √(kJ) = 262.7; 0.4·5000 / (12.566·262.7)
    expect(stickSlipSeverity(string, load)).toBeCloseTo(0.606, 2);
  });

  it('gets worse with torque and length, better with speed', () => {
    const base = stickSlipSeverity(string, load);
    expect(stickSlipSeverity(string, { ...load, torqueNm: 8000 })).toBeGreaterThan(base);
    expect(stickSlipSeverity(string, { ...load, lengthM: 3000 })).toBeGreaterThan(0.9 * base);
    expect(stickSlipSeverity(string, { ...load, rotationHz: 3 })).toBeLessThan(base);
    expect(stickSlipSeverity(string, { ...load, torqueNm: 0 })).toBe(0);
  });
});
