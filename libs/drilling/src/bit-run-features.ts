import type { FeatureSpec } from '@i-drill/core';

/** Columns of a bit run, as a rig's screen shows them. */
export const bitRunFeatures: readonly FeatureSpec[] = [
  { name: 'weight_on_bit', unit: 'kN' },
  { name: 'rotary_speed', unit: 'rpm' },
  { name: 'flow_rate', unit: 'L/min' },
  { name: 'rate_of_penetration', unit: 'm/h' },
  { name: 'surface_torque', unit: 'kN.m' },
  { name: 'standpipe_pressure', unit: 'MPa' },
  { name: 'mechanical_specific_energy', unit: 'MPa' },
  { name: 'axial_vibration', unit: 'g' },
  { name: 'lateral_vibration', unit: 'g' },
  { name: 'hours_on_bit', unit: 'h' },
];

/** What a model of bit runs predicts: hours of drilling until the bit is worn out. */
export const bitRunTarget: FeatureSpec = { name: 'remaining_useful_life', unit: 'h' };
