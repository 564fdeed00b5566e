import type { FeatureSpec } from '@i-drill/core';

/** One input of the model. */
export interface UsropFeature extends FeatureSpec {
  /** Heading in the file. */
  readonly heading: string;
  /** Whether it is known before a metre is drilled, or only after: then the metre before is taken. */
  readonly known: 'before' | 'after';
}

/** Heading of the depth along the hole, by which rows are brought to equal steps. */
export const depthHeading = 'Measured Depth m';
/** Heading of what is predicted. */
export const ropHeading = 'Rate of Penetration m/h';
/** Heading of the column that one well has in another unit. */
export const mudDensityHeading = 'Mud Density In g/cm3';

/**
 * What may be known before metre d is drilled. Depths, hole size and mud are given by the plan; weight on bit, rotary speed
 * and flow are what the driller sets for metre d. Everything else answers to the drilling of metre d, the rate of
 * penetration itself, torque, standpipe pressure, hookload, and gamma (measured metres behind the bit, placed at its depth
 * afterwards): of these, only metre d − 1 is known.
 */
export const usropFeatures: readonly UsropFeature[] = [
  { name: 'measured_depth', unit: 'm', heading: depthHeading, known: 'before' },
  { name: 'vertical_depth', unit: 'm', heading: 'Hole Depth (TVD) m', known: 'before' },
  { name: 'bit_diameter', unit: 'mm', heading: 'Diameter mm', known: 'before' },
  { name: 'weight_on_bit', unit: 'kkgf', heading: 'Weight on Bit kkgf', known: 'before' },
  { name: 'rotary_speed', unit: 'rpm', heading: 'Average Rotary Speed rpm', known: 'before' },
  { name: 'flow_rate', unit: 'L/min', heading: 'Mud Flow In L/min', known: 'before' },
  { name: 'mud_density', unit: 'g/cm3', heading: mudDensityHeading, known: 'before' },
  { name: 'previous_rate_of_penetration', unit: 'm/h', heading: ropHeading, known: 'after' },
  { name: 'previous_surface_torque', unit: 'kN.m', heading: 'Average Surface Torque kN.m', known: 'after' },
  { name: 'previous_standpipe_pressure', unit: 'kPa', heading: 'Average Standpipe Pressure kPa', known: 'after' },
  { name: 'previous_hookload', unit: 'kkgf', heading: 'Average Hookload kkgf', known: 'after' },
  { name: 'previous_gamma', unit: 'gAPI', heading: 'USROP Gamma gAPI', known: 'after' },
];

/** What is predicted. */
export const usropTarget: FeatureSpec = { name: 'rate_of_penetration', unit: 'm/h' };

/** Index of the rate of penetration of the metre before: predicting it is the hold-last baseline. */
export const usropAnchor: number = usropFeatures.findIndex((feature) => feature.heading === ropHeading);
