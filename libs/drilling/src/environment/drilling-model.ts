import type { EpisodeModel } from '@i-drill/environments';
import { beginRun } from './begin-run.js';
import type { SetPoint } from './bottom-hole.js';
import { drillingAction, drillingInfo, drillingObservation, measuredChannels } from './channels.js';
import { drillStep } from './drill-step.js';
import { resolveDrilling, type DrillingOptions } from './drilling-options.js';
import { readSensorSuite } from './sensor-suite.js';
import { holeAreaM2 } from '../rig.js';
import { hasTripAhead, tripStep } from './trip-step.js';
import { slot, wellStateSize } from './well-state.js';

/**
 * A bit run as an episode, `Drilling-v1`: a new bit on bottom somewhere in a well, set-points of weight, speed and flow every
 * few minutes, until the bit is worn out or worse. What is rewarded is hole at the least cost per metre:
 *
 *   reward = (reference cost of the rock·metres − rig time − Δ(wear·(bit + round trip)) − cost of an event
 *             − 150 USD per exceeded limit) / 1000
 *
 * in thousands of dollars: what is saved against a reference driller, who drills every rock with one set-point (100 kN,
 * 110 rpm, 2000 L/min). Hard metres are paid for as such, so that a run is not judged by the rock it met; a policy that makes
 * the sum of value − cost as large as it can is the one with the least cost per metre, where the value is what a metre costs at
 * best (Dinkelbach 1967, Management Science 13(7)). Bit and trip are paid for as the bit wears; what is left of them falls due
 * where an event ends the run, with the hours and expenses of that event (`DrillingCosts`). Idling costs rig time and earns
 * nothing. With `tripping` the bit is run in first and pulled out when it is dull. The limit of steps only truncates. Wear, rock and what is to come are hidden; the sensors show the rest.
 *
 * @throws RangeError for options that cannot be simulated
 *
 * @example
 * ```ts
 * import { drillingModel } from '@i-drill/drilling';
 * import { vectorEnvironment } from '@i-drill/environments';
 * const wells = vectorEnvironment(drillingModel({ preset: 'soft', sensors: 'ideal' }), 2);
 * wells.reset([1, 2]);
 * wells.step(Float32Array.of(80, 120, 2000, 0, 0, 0)); // kN, rpm, L/min; the second rig idles
 * wells.rewards.map((reward) => Math.sign(reward)); // => Float32Array.of(1, -1)
 * ```
 */
export function drillingModel(options: DrillingOptions = {}): EpisodeModel {
  const settings = resolveDrilling(options);
  const set: SetPoint = { weightN: 0, rotationHz: 0, flow: 0 };
  return {
    spec: {
      id: 'Drilling-v1',
      observation: drillingObservation,
      action: { kind: 'continuous', components: drillingAction },
      maxSteps: settings.maxSteps,
      info: drillingInfo,
    },
    stateSize: wellStateSize,
    begin(state, at, seed) {
      beginRun(state, at, seed, settings);
      state[at + slot.truth + 6] = state[at + slot.mudDensity]!;
      showAll(state, at, settings.tripping);
    },
    advance(state, at, actions, actionAt) {
      set.weightN = actions[actionAt]! * 1e3;
      set.rotationHz = actions[actionAt + 1]! / 60;
      set.flow = actions[actionAt + 2]! / 60_000;
      state[at + slot.step]!++;
      const trips = settings.tripping && hasTripAhead(state, at);
      const reward = trips ? tripStep(state, at, settings) : drillStep(state, at, set, settings);
      readSensorSuite(state, at, settings.sensors);
      showDerived(state, at, trips);
      return reward;
    },
    hasEnded: (state, at) => state[at + slot.event]! > 0 && !(settings.tripping && hasTripAhead(state, at)),
    inform(state, at, info, infoAt) {
      info[infoAt] = state[at + slot.drilledM]!;
      info[infoAt + 1] = state[at + slot.cost]!;
      info[infoAt + 2] = state[at + slot.violations]!;
      info[infoAt + 3] = state[at + slot.event]!;
      info[infoAt + 4] = state[at + slot.wear]!;
      info[infoAt + 5] = state[at + slot.bed]!;
      info[infoAt + 6] = state[at + slot.bitDepthM]!;
    },
    observe(state, at, observations, observationAt) {
      for (let i = 0; i < drillingObservation.length; i++)
        observations[observationAt + i] = state[at + slot.shown + i]!;
    },
  };
}

/** Before the first step nothing has been measured: the sensors show the mud at rest, as it will be shown if they lag. */
function showAll(state: Float64Array, at: number, trips: boolean): void {
  for (let i = 0; i < measuredChannels; i++) state[at + slot.shown + i] = state[at + slot.truth + i]!;
  for (let i = 0; i < 3 * measuredChannels; i++) {
    state[at + slot.former + i] = state[at + slot.truth + (i % measuredChannels)]!;
  }
  showDerived(state, at, trips);
}

const greatestEnergyMpa = 5000;

/** What is worked out from readings, and what the rig knows without sensors. */
function showDerived(state: Float64Array, at: number, trips: boolean): void {
  const shown = at + slot.shown;
  const [weightKn, speedRpm, rateMPerH, torqueKnm] = [
    state[shown]!,
    state[shown + 1]!,
    state[shown + 3]!,
    state[shown + 4]!,
  ];
  const rotary = (2 * Math.PI * speedRpm * 60 * torqueKnm) / (holeAreaM2 * Math.max(rateMPerH, 0.01)); // kN·m per h / (m³ per h)
  state[shown + 11] = Math.min(greatestEnergyMpa, (weightKn / holeAreaM2 + rotary) / 1000);
  state[shown + 12] = state[at + slot.hoursOnBit]!;
  state[shown + 13] = state[at + slot.depthM]!;
  state[shown + 14] = state[at + slot.mudDensity]!;
  state[shown + 15] = trips ? 2 : state[at + slot.connectionS]! > 0 ? 1 : 0;
}
