import { normalsAt, uniformsAt } from '@i-drill/numerics';
import {
  channelNoise,
  downholeChannels,
  drillingObservation,
  measuredChannels,
  returnFlowChannel,
  returnFlowNoise,
} from './channels.js';
import { drawStream } from './draw-streams.js';
import { slot } from './well-state.js';

/** What is wrong with the sensors; all zero is a perfect set. */
export interface SensorFaults {
  /** Factor on the noise of each channel, normal and relative to the reading. */
  readonly noise: number;
  /** Steps by which what is measured down the hole lags behind, 0 to 3. */
  readonly delaySteps: number;
  /** Standard deviation over the runs of the rate by which the gain of a channel drifts, per step. */
  readonly driftPerStep: number;
  /** Share of readings that do not arrive: the one before stands. */
  readonly dropOutShare: number;
  /** Share of readings at which a channel gets stuck, for 12 steps. */
  readonly stuckShare: number;
}

const stuckLasts = 12;
const noise = new Float64Array(measuredChannels);
const faultDraws = new Float64Array(2);
const lows = drillingObservation.map(({ low }) => low);
const highs = drillingObservation.map(({ high }) => high);
const isDownhole = drillingObservation.map((_, i) => downholeChannels.includes(i));
/** Standard deviation of a reading of 0. */
const offsets = drillingObservation.map((_, i) => (i === returnFlowChannel ? returnFlowNoise : 0));

/** Draws how the channels of a run drift. */
export function drawDrift(state: Float64Array, at: number, { driftPerStep }: SensorFaults): void {
  normalsAt(noise, state[at + slot.seed]!, drawStream.drift, 0);
  for (let i = 0; i < measuredChannels; i++) state[at + slot.driftRates + i] = driftPerStep * noise[i]!;
}

/** Shows a step's truth as the sensors do: truth → delay → drift and noise → drop-out or stuck. */
export function readSensorSuite(state: Float64Array, at: number, faults: SensorFaults): void {
  const { noise: noisiness, delaySteps } = faults;
  const step = state[at + slot.step]! | 0;
  const [truth, shown, drift, held] = [at + slot.truth, at + slot.shown, at + slot.driftRates, at + slot.stuckSteps];
  const former = at + slot.former + (delaySteps === 0 ? 0 : (step % delaySteps) * measuredChannels);
  if (noisiness > 0) normalsAt(noise, state[at + slot.seed]!, drawStream.sensors, step);
  else noise.fill(0);
  for (let i = 0; i < measuredChannels; i++) {
    let reading = state[truth + i]!;
    if (delaySteps > 0 && isDownhole[i]!) {
      const late = state[former + i]!;
      state[former + i] = reading; // shown after `delaySteps` steps
      reading = late;
    }
    if (state[held + i]! > 0) {
      state[held + i]!--; // a reading that does not arrive: the one before stands
      continue;
    }
    const error = noisiness * noise[i]!;
    const gain = 1 + step * state[drift + i]! + channelNoise[i]! * error;
    state[shown + i] = Math.min(highs[i]!, Math.max(lows[i]!, reading * gain + offsets[i]! * error));
  }
  if (step !== state[at + slot.faultStep]) return;
  fail(state, at, faults);
  drawNextFault(state, at, faults);
}

/**
 * Draws when a channel fails next: gaps are exponential, as between events of a steady rate. One channel at a time.
 */
export function drawNextFault(state: Float64Array, at: number, { dropOutShare, stuckShare }: SensorFaults): void {
  const perStep = (dropOutShare + stuckShare) * measuredChannels;
  const step = state[at + slot.step]!;
  uniformsAt(faultDraws, state[at + slot.seed]!, drawStream.faults, step);
  state[at + slot.faultStep] = perStep > 0 ? step + Math.ceil(-Math.log(faultDraws[0]!) / perStep) : -1;
}

/** Which channel fails, and how. */
function fail(state: Float64Array, at: number, { dropOutShare, stuckShare }: SensorFaults): void {
  uniformsAt(faultDraws, state[at + slot.seed]!, drawStream.faultKinds, state[at + slot.step]!);
  const channel = Math.floor(faultDraws[0]! * measuredChannels);
  const isLost = faultDraws[1]! * (dropOutShare + stuckShare) < dropOutShare;
  state[at + slot.stuckSteps + channel] = isLost ? 1 : stuckLasts;
}
