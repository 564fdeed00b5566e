import { drillingObservation, measuredChannels } from './channels.js';

const longestDelay = 3;

/** The numbers of an episode. */
type SlotName =
  | 'seed'
  | 'step'
  | 'depthM'
  | 'bitDepthM'
  | 'wear'
  | 'cuttingsShare'
  | 'standTopM'
  | 'connectionS'
  | 'hoursOnBit'
  | 'event'
  | 'bedIndex'
  | 'bed'
  | 'bedCostPerM'
  | 'mudDensity'
  | 'plasticViscosity'
  | 'yieldPoint'
  | 'nozzleArea'
  | 'cosine'
  | 'inclination'
  | 'lateralCriticalHz'
  | 'axialCriticalHz'
  | 'forceRatio'
  | 'wearCapacityNm'
  | 'hazards'
  | 'hazardLimits'
  | 'riskCost'
  | 'paid'
  | 'drilledM'
  | 'cost'
  | 'violations'
  | 'truth'
  | 'shown'
  | 'driftRates'
  | 'stuckSteps'
  | 'faultStep'
  | 'former';

/** Names of the numbers an episode consists of, in their order, with how many each has. */
const layout: readonly (readonly [SlotName, number])[] = [
  ['seed', 1],
  ['step', 1],
  /** Of the hole. */
  ['depthM', 1],
  ['bitDepthM', 1],
  ['wear', 1],
  ['cuttingsShare', 1],
  ['standTopM', 1],
  /** Seconds of the connection that are left; 0 while drilling. */
  ['connectionS', 1],
  ['hoursOnBit', 1],
  /** 0, or 1 + the index in `drillingEvents`. */
  ['event', 1],
  ['bedIndex', 1],
  ['bed', 9],
  /** What a metre of the bed costs a reference driller, USD. */
  ['bedCostPerM', 1],
  ['mudDensity', 1],
  ['plasticViscosity', 1],
  ['yieldPoint', 1],
  ['nozzleArea', 1],
  /** Of the inclination, which follows in radians. */
  ['cosine', 1],
  ['inclination', 1],
  ['lateralCriticalHz', 1],
  ['axialCriticalHz', 1],
  ['forceRatio', 1],
  ['wearCapacityNm', 1],
  /** How far each event is: its hazard so far, and where it happens. */
  ['hazards', 4],
  ['hazardLimits', 4],
  /** Expected cost of the step's hazards, USD. */
  ['riskCost', 1],
  /** For bit and round trip, so far. */
  ['paid', 1],
  /** Of the last step. */
  ['drilledM', 1],
  ['cost', 1],
  ['violations', 1],
  ['truth', measuredChannels],
  ['shown', drillingObservation.length],
  /** Change of each channel's gain per step. */
  ['driftRates', measuredChannels],
  ['stuckSteps', measuredChannels],
  /** Step at which a channel fails next. */
  ['faultStep', 1],
  ['former', longestDelay * measuredChannels],
];

/** Where each number stands, counted from the beginning of the episode's state. */
export const slot: Readonly<Record<SlotName, number>> = Object.fromEntries(offsets()) as Record<SlotName, number>;

/** Numbers of an episode. */
export const wellStateSize: number = layout.reduce((sum, [, count]) => sum + count, 0);

function offsets(): [string, number][] {
  let before = 0;
  return layout.map(([name, count]) => {
    before += count;
    return [name, before - count];
  });
}
