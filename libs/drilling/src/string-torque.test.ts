import { describe, expect, it } from 'vitest';
import { stringTorque } from './string-torque.js';

const string = { lengthM: 2000, weightPerLength: 260, jointRadiusM: 0.084, frictionCoefficient: 0.2 };

describe('stringTorque()', () => {
  it('is nothing in a vertical hole', () => {
    expect(stringTorque({ ...string, inclinationRad: 0 })).toBe(0);
  });

  it('is friction times the weight on the low side times the joint radius, worked by hand', () => {
    // 0.2·260·2000·½·0.084 = 4368 N·m at 30°
    expect(stringTorque({ ...string, inclinationRad: Math.PI / 6 })).toBeCloseTo(4368, 6);
  });
});
