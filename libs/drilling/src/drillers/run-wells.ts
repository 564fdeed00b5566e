import type { VectorEnvironment } from '@i-drill/core';
import { vectorEnvironment } from '@i-drill/environments';
import { drillingEvents, type DrillingEvent } from '../environment/drilling-costs.js';
import { drillingModel } from '../environment/drilling-model.js';
import type { DrillingOptions } from '../environment/drilling-options.js';
import { drillingInfo } from '../environment/channels.js';

/** How one bit run went. */
export interface WellResult {
  readonly seed: number;
  readonly drilledM: number;
  readonly hours: number;
  /** USD. */
  readonly cost: number;
  /** Limits exceeded, each step of each counted. */
  readonly violations: number;
  /** Thousands of USD, without discount. */
  readonly return: number;
  /** What ended it; `limit of steps` where nothing did. */
  readonly end: DrillingEvent | 'limit of steps';
}

/** Chooses set-points for all places at once, as a `SetPointRule` or a policy does. */
export type ChooseSetPoints = (observations: Float32Array) => Float32Array;

/**
 * One bit run per seed, all at once.
 *
 * @param choose made for as many places as there are seeds
 */
export function runWells(options: DrillingOptions, seeds: readonly number[], choose: ChooseSetPoints): WellResult[] {
  const wells = drillWells(options, seeds);
  let step = wells.next();
  while (step.done !== true) step = wells.next(choose(step.value));
  return step.value;
}

/** The same for set-points that are waited for, as those of a served policy are. */
export async function runWellsAsync(
  options: DrillingOptions,
  seeds: readonly number[],
  choose: (observations: Float32Array) => Promise<Float32Array>,
): Promise<WellResult[]> {
  const wells = drillWells(options, seeds);
  let step = wells.next();
  while (step.done !== true) step = wells.next(await choose(step.value));
  return step.value;
}

/** Gives what is seen, takes set-points, until every run has ended. */
function* drillWells(
  options: DrillingOptions,
  seeds: readonly number[],
): Generator<Float32Array, WellResult[], Float32Array> {
  const environment = vectorEnvironment(drillingModel(options), seeds.length);
  const stepHours = (options.stepMinutes ?? 5) / 60;
  environment.reset(seeds);
  const sums = seeds.map((seed) => ({ seed, drilledM: 0, hours: 0, cost: 0, violations: 0, return: 0 }));
  const ends = new Array<WellResult['end'] | undefined>(seeds.length);
  for (let left = seeds.length; left > 0;) {
    environment.step(yield environment.observations);
    for (const [place, sum] of sums.entries()) {
      if (ends[place] !== undefined) continue;
      const at = place * drillingInfo.length;
      sum.drilledM += environment.info[at]!;
      sum.cost += environment.info[at + 1]!;
      sum.violations += environment.info[at + 2]!;
      sum.hours += stepHours;
      sum.return += environment.rewards[place]!;
      ends[place] = endOf(environment, place);
      if (ends[place] !== undefined) left--;
    }
  }
  return sums.map((sum, place) => ({ ...sum, end: ends[place]! }));
}

function endOf({ info, terminated, truncated }: VectorEnvironment, place: number): WellResult['end'] | undefined {
  if (terminated[place] === 1) return drillingEvents[info[place * drillingInfo.length + 3]! - 1];
  return truncated[place] === 1 ? 'limit of steps' : undefined;
}
