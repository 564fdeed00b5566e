import type { SpaceComponent } from '@i-drill/core';

/** What the screen of the rig shows. The first ones are measured and carry the faults of their sensors. */
export const drillingObservation: readonly SpaceComponent[] = [
  { name: 'weight_on_bit', unit: 'kN', low: 0, high: 400 },
  { name: 'rotary_speed', unit: 'rpm', low: 0, high: 400 },
  { name: 'flow_rate', unit: 'L/min', low: 0, high: 6000 },
  { name: 'rate_of_penetration', unit: 'm/h', low: 0, high: 300 },
  { name: 'surface_torque', unit: 'kN.m', low: 0, high: 100 },
  { name: 'standpipe_pressure', unit: 'MPa', low: 0, high: 100 },
  { name: 'equivalent_circulating_density', unit: 'kg/m3', low: 500, high: 3000 },
  { name: 'axial_vibration', unit: 'g', low: 0, high: 50 },
  { name: 'lateral_vibration', unit: 'g', low: 0, high: 50 },
  { name: 'stick_slip_severity', unit: '1', low: 0, high: 5 },
  { name: 'return_flow_difference', unit: 'L/min', low: -4000, high: 4000 },
  { name: 'mechanical_specific_energy', unit: 'MPa', low: 0, high: 5000 },
  { name: 'hours_on_bit', unit: 'h', low: 0, high: 1000 },
  { name: 'depth', unit: 'm', low: 0, high: 12_000 },
  { name: 'mud_density', unit: 'kg/m3', low: 500, high: 3000 },
  /** A number of `rigStates`. */
  { name: 'rig_state', unit: '1', low: 0, high: 2 },
];

/** What the rig does, by its number. */
export const rigStates = ['drilling', 'connection', 'tripping'] as const;

/** How many of them are measured. */
export const measuredChannels = 11;

/** Relative standard deviation of each measured channel, of means over five minutes; settings of this model. */
export const channelNoise: readonly number[] = [0.01, 0.005, 0.005, 0.02, 0.015, 0.005, 0.001, 0.04, 0.04, 0.04, 0.03];

/** Measured at the bit, and sent up through the mud: equivalent circulating density, vibration, stick-slip. */
export const downholeChannels: readonly number[] = [6, 7, 8, 9];

/** Standard deviation of the return flow's reading at no difference, L/min: two meters that do not quite agree. */
export const returnFlowNoise = 15;
/** Which channel it is. */
export const returnFlowChannel = 10;

/** What the crew sets. */
export const drillingAction: readonly SpaceComponent[] = [
  { name: 'weight_on_bit', unit: 'kN', low: 0, high: 200 },
  { name: 'rotary_speed', unit: 'rpm', low: 0, high: 240 },
  { name: 'flow_rate', unit: 'L/min', low: 0, high: 3600 },
];

/** What is told of a step to judge by. */
export const drillingInfo = [
  { name: 'drilled', unit: 'm' },
  { name: 'cost', unit: 'USD' },
  { name: 'violations', unit: '1' },
  { name: 'event', unit: '1' },
  { name: 'wear', unit: '1' },
  { name: 'lithology', unit: '1' },
  { name: 'bit_depth', unit: 'm' },
] as const;
