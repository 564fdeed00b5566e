import { vectorEnvironment } from '@i-drill/environments';
import { lithologyNames } from '../environment/bed.js';
import { drillingInfo, drillingObservation } from '../environment/channels.js';
import { drillingModel } from '../environment/drilling-model.js';
import type { DrillingOptions } from '../environment/drilling-options.js';
import { runWells, type WellResult } from './run-wells.js';
import type { SetPointRule } from './set-point-rule.js';

/** A bit run with all that was shown on the way. */
export interface RecordedRun {
  readonly result: WellResult;
  /** Per step, by the names of `drillingObservation`; and what no sensor shows, `wear`, and `bit_depth`. */
  readonly channels: Readonly<Record<string, readonly number[]>>;
  /** Rock of each step. */
  readonly lithology: readonly string[];
}

/** Drills one well and keeps what the screen of the rig showed after each step. */
export function recordRun(options: DrillingOptions, seed: number, rule: SetPointRule): RecordedRun {
  const [result] = runWells(options, [seed], rule.start(1));
  const environment = vectorEnvironment(drillingModel(options), 1);
  const choose = rule.start(1);
  environment.reset([seed]);
  const rows: number[][] = [];
  const wear: number[] = [];
  const bitDepth: number[] = [];
  const lithology: string[] = [];
  for (let isOver = false; !isOver;) {
    environment.step(choose(environment.observations));
    isOver = environment.terminated[0] === 1 || environment.truncated[0] === 1;
    rows.push(Array.from(isOver ? environment.finalObservations : environment.observations));
    wear.push(environment.info[columnOf('wear')]!);
    bitDepth.push(environment.info[columnOf('bit_depth')]!);
    lithology.push(lithologyNames[environment.info[columnOf('lithology')]!]!);
  }
  const channels = drillingObservation.map(({ name }, i) => [name, rows.map((row) => row[i]!)] as const);
  return { result: result!, channels: { ...Object.fromEntries(channels), wear, bit_depth: bitDepth }, lithology };
}

function columnOf(name: (typeof drillingInfo)[number]['name']): number {
  return drillingInfo.findIndex((column) => column.name === name);
}
