import type { Rng } from '@i-drill/core';
import { createRng } from '@i-drill/numerics';
import { bitRunFeatures } from './bit-run-features.js';
import { resolveBitRun, type BitRunSettings } from './bit-run-settings.js';
import type { BitRun, BitRunOptions } from './bit-run.js';
import { createCrew } from './crew.js';
import { drillInterval, startRun, type BitRunWorld } from './drill-interval.js';
import { drawColumn } from './formation.js';
import { forkRng } from './random-draws.js';
import { drawBit, drawRig } from './rig.js';
import { readSensors } from './sensors.js';
import { shiftEffect } from './shift.js';

/**
 * One bit drilled until it is worn out. The last row is the interval in which wear reaches 1; hours on bit and remaining
 * life always add up to the life. Deterministic in its options. Bit, rock, crew and sensor noise are drawn from separate
 * streams, so runs that differ in `shift` only are the same bit, the same rig and the same order of layers.
 *
 * @throws RangeError if the seed is not a whole number from 0 to 2^32 − 1, or the interval not between 1 and 240 minutes
 *
 * @example
 * ```ts
 * import { simulateBitRun } from '@i-drill/drilling';
 * const run = simulateBitRun({ seed: 7 });
 * run.unit; // => 'bit-mixed-7'
 * run.remainingHours.at(-1); // => 0
 * ```
 */
export function simulateBitRun(options: BitRunOptions): BitRun {
  const settings = resolveBitRun(options);
  const { formation, seed } = settings;
  return drillToFailure(settings, unitName([formation, String(seed)], settings));
}

/** The run of some settings under a given name. */
export function drillToFailure(settings: BitRunSettings, unit: string): BitRun {
  const streams = createRng(settings.seed);
  const world = drawWorld(settings, streams);
  const sensorRng = forkRng(streams);
  const effect = shiftEffect(settings.shift);
  const hoursPerRow = settings.intervalMinutes / 60;
  const readings: number[][] = [];
  const wear: number[] = [];
  for (let state = startRun(world); state.wear < 1;) {
    const interval = drillInterval(world, state, settings.intervalMinutes);
    state = interval.state;
    wear.push(state.wear);
    readings.push([...readSensors(interval.mean, effect, sensorRng), wear.length * hoursPerRow]);
  }
  return toBitRun(unit, readings, wear, hoursPerRow);
}

/** Names a run so that data sets of different origin can be joined. */
export function unitName(parts: readonly string[], { shift }: Pick<BitRunSettings, 'shift'>): string {
  return ['bit', ...parts, ...(shift === 'none' ? [] : [shift])].join('-');
}

function drawWorld({ formation, shift }: BitRunSettings, streams: Rng): BitRunWorld {
  const bit = drawBit(forkRng(streams));
  const rig = drawRig(forkRng(streams));
  const column = drawColumn(formation, rig.startDepthM, shiftEffect(shift).formation, forkRng(streams));
  return { bit, rig, column, crew: createCrew(formation, forkRng(streams)) };
}

function toBitRun(unit: string, readings: readonly number[][], wear: readonly number[], hoursPerRow: number): BitRun {
  const rows = readings.length;
  const features = new Float64Array(rows * bitRunFeatures.length);
  readings.forEach((row, i) => {
    features.set(row, i * bitRunFeatures.length);
  });
  const remainingHours = Float64Array.from({ length: rows }, (_, i) => (rows - 1 - i) * hoursPerRow);
  return { unit, rows, features, remainingHours, wear: Float64Array.from(wear) };
}
