import type { FeatureSpec } from '@i-drill/core';

/** One input of the model. */
export interface ForgeFeature extends FeatureSpec {
  /** Heading in the file. */
  readonly heading: string;
  /** Whether it is known before a foot is drilled, or only after: then the row before is taken. */
  readonly known: 'before' | 'after';
}

/** Heading of the depth along the hole. */
export const depthHeading = 'Depth(m)';
/** Heading of what is predicted. */
export const ropHeading = 'ROP(1 m)';

/**
 * What may be known before a row is drilled: its depth and what the driller sets for it (weight on bit, rotary speed, flow).
 * The mud's way back and the pump's pressure answer to the drilling: of these, only the row before is known.
 */
const both: readonly ForgeFeature[] = [
  { name: 'measured_depth', unit: 'm', heading: depthHeading, known: 'before' },
  { name: 'weight_on_bit', unit: 'kg', heading: 'weight on bit (kg)', known: 'before' },
  { name: 'rotary_speed', unit: 'rpm', heading: 'Rotary Speed (rpm)', known: 'before' },
  { name: 'flow_rate', unit: 'L/min', heading: 'Flow In(liters/min)', known: 'before' },
  { name: 'previous_rate_of_penetration', unit: 'm/h', heading: ropHeading, known: 'after' },
  { name: 'previous_pump_pressure', unit: 'kPa', heading: 'Pump Press (KPa)', known: 'after' },
  { name: 'previous_temperature_in', unit: 'degC', heading: 'Temp In(degC)', known: 'after' },
  { name: 'previous_flow_out', unit: '%', heading: 'Flow Out %', known: 'after' },
];

/** The two files: the published log, and the form without outliers that a paper worked with and published. */
export const forgeFiles = ['without-outliers', 'all'] as const;

/** One of the two files. */
export type ForgeFile = (typeof forgeFiles)[number];

/** What is where. */
export const forgeLogs: Readonly<Record<ForgeFile, { name: string; features: readonly ForgeFeature[] }>> = {
  'without-outliers': { name: 'well_without_outlier', features: both },
  all: {
    name: 'Well_58-32',
    features: [
      ...both,
      { name: 'previous_hookload', unit: 'kg', heading: 'Hookload (kg)', known: 'after' },
      // The hydraulic pressure of the drive, not a moment.
      { name: 'previous_surface_torque', unit: 'kPa', heading: 'Surface Torque (KPa)', known: 'after' },
    ],
  },
};

/** What is predicted. */
export const forgeTarget: FeatureSpec = { name: 'rate_of_penetration', unit: 'm/h' };
