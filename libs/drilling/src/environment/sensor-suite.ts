import { normalsAt, uniformsAt } from '@i-drill/numerics';
import { channelNoise, drillingObservation, measuredChannels, returnFlowChannel, returnFlowNoise } from './channels.js';
import { drawStream } from './draw-streams.js';
import { slot } from './well-state.js';

/** What is wrong with the sensors; all zero is a perfect set. */
export interface SensorFaults {
  /** Factor on the noise of each channel, normal and relative to the reading. */
  readonly noise: number;
  /** Steps by which what is shown lags behind, 0 to 3. */
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

/** Draws how the channels of a run drift. */
export function drawDrift(state: Float64Array, at: number, { driftPerStep }: SensorFaults): void {
  normalsAt(noise, state[at + slot.seed]!, drawStream.drift, 0);
  for (let i = 0; i < measuredChannels; i++) state[at + slot.driftRates + i] = driftPerStep * noise[i]!;
}

/** Shows a step's truth as the sensors do: truth → delay → drift and noise → drop-out or stuck. */
export function readSensorSuite(state: Float64Array, at: number, faults: SensorFaults): void {
  const source = delayed(state, at, faults.delaySteps);
  const [shown, drift, step] = [at + slot.shown, at + slot.driftRates, state[at + slot.step]!];
  if (faults.noise > 0) normalsAt(noise, state[at + slot.seed]!, drawStream.sensors, step);
  else noise.fill(0);
  for (let i = 0; i < measuredChannels; i++) {
    if (isHeld(state, at, i)) continue;
    const error = faults.noise * noise[i]!;
    const gain = 1 + step * state[drift + i]! + channelNoise[i]! * error;
    const offset = i === returnFlowChannel ? returnFlowNoise * error : 0;
    state[shown + i] = inRange(i, state[source + i]! * gain + offset);
  }
  if (faults.dropOutShare + faults.stuckShare > 0) drawFaults(state, at, faults);
  if (faults.delaySteps > 0) keep(state, at, faults.delaySteps);
}

/** Where the truth of `steps` steps ago stands. */
function delayed(state: Float64Array, at: number, steps: number): number {
  if (steps === 0) return at + slot.truth;
  return at + slot.former + (state[at + slot.step]! % steps) * measuredChannels;
}

function keep(state: Float64Array, at: number, steps: number): void {
  const place = delayed(state, at, steps);
  for (let i = 0; i < measuredChannels; i++) state[place + i] = state[at + slot.truth + i]!;
}

/** A channel that is stuck, or whose next reading is lost, keeps what it shows. */
function isHeld(state: Float64Array, at: number, channel: number): boolean {
  const place = at + slot.stuckSteps + channel;
  if (state[place] === 0) return false;
  state[place]!--;
  return true;
}

/** One channel at most begins to fail in a step. */
function drawFaults(state: Float64Array, at: number, { dropOutShare, stuckShare }: SensorFaults): void {
  uniformsAt(faultDraws, state[at + slot.seed]!, drawStream.faults, state[at + slot.step]!);
  const chance = faultDraws[0]! / measuredChannels;
  if (chance >= dropOutShare + stuckShare) return;
  const channel = Math.floor(faultDraws[1]! * measuredChannels);
  state[at + slot.stuckSteps + channel] = chance < dropOutShare ? 1 : stuckLasts;
}

const lows = drillingObservation.map(({ low }) => low);
const highs = drillingObservation.map(({ high }) => high);

function inRange(channel: number, value: number): number {
  return Math.min(highs[channel]!, Math.max(lows[channel]!, value));
}
