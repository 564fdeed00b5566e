import type { VectorEnvironment } from '@i-drill/core';
import { uniformsAt } from '@i-drill/numerics';
import { actionCheck, actionWidth } from './action-check.js';
import type { EpisodeModel } from './episode-model.js';

/** Before the state of the model stand, per place: its seed, episodes begun, steps of the present one. */
const header = 3;

/**
 * N episodes of a model side by side. Where one ends, the next begins in the same step, with a seed that depends on the
 * place's seed and the number of the episode. Allocates nothing while it steps.
 *
 * @param count N
 * @throws RangeError for a count that is not a positive whole number
 *
 * @example
 * ```ts
 * import { cartPole, vectorEnvironment } from '@i-drill/environments';
 * const environment = vectorEnvironment(cartPole, 2);
 * environment.reset([1, 2]);
 * environment.step(Float32Array.of(0, 1));
 * Array.from(environment.rewards); // => [1, 1]
 * ```
 */
export function vectorEnvironment(model: EpisodeModel, count: number): VectorEnvironment {
  const { spec, stateSize } = model;
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Cannot set up ${spec.id}: ${count} places; give a whole number from 1 on`);
  }
  const stride = header + stateSize;
  const seen = spec.observation.length;
  const told = spec.info.length;
  const width = actionWidth(spec.action);
  const state = new Float64Array(count * stride);
  const taken = new Float32Array(count * width);
  const check = actionCheck(spec, count);
  const arrays = {
    observations: new Float32Array(count * seen),
    finalObservations: new Float32Array(count * seen),
    rewards: new Float32Array(count),
    terminated: new Uint8Array(count),
    truncated: new Uint8Array(count),
    info: new Float32Array(count * told),
  };

  function begin(place: number): void {
    const at = place * stride;
    model.begin(state, at + header, episodeSeed(state[at]!, state[at + 1]!));
    state[at + 1]!++;
    state[at + 2] = 0;
  }

  function observeAll(): void {
    for (let place = 0; place < count; place++) {
      model.observe(state, place * stride + header, arrays.observations, place * seen);
    }
  }

  function stepPlace(place: number): void {
    const at = place * stride;
    arrays.rewards[place] = model.advance(state, at + header, taken, place * width);
    model.inform?.(state, at + header, arrays.info, place * told);
    const steps = ++state[at + 2]!;
    const ended = model.hasEnded(state, at + header);
    arrays.terminated[place] = ended ? 1 : 0;
    arrays.truncated[place] = !ended && steps >= spec.maxSteps ? 1 : 0;
    if (ended || steps >= spec.maxSteps) {
      model.observe(state, at + header, arrays.finalObservations, place * seen);
      begin(place);
    }
    model.observe(state, at + header, arrays.observations, place * seen);
  }

  return {
    spec,
    count,
    ...arrays,
    reset(seeds) {
      requireSeeds(seeds, count, spec.id);
      state.fill(0);
      for (const array of Object.values(arrays)) array.fill(0);
      seeds.forEach((seed, place) => {
        state[place * stride] = seed;
        begin(place);
      });
      observeAll();
    },
    step(actions) {
      check(actions, taken);
      for (let place = 0; place < count; place++) stepPlace(place);
    },
    snapshot: () => state.slice(),
    restore(snapshot) {
      if (snapshot.length !== state.length) {
        throw new RangeError(
          `Cannot restore ${spec.id}: ${snapshot.length} numbers; give a snapshot of ${count} places, ${state.length} numbers`,
        );
      }
      state.set(snapshot);
      observeAll();
    },
  };
}

/** The first episode has the seed of its place; the others have seeds made from it. */
function episodeSeed(seed: number, episode: number): number {
  if (episode === 0) return seed;
  uniformsAt(seedDraws, seed, seedStream, episode);
  return Math.floor(seedDraws[0]! * 2 ** 26) * 2 ** 26 + Math.floor(seedDraws[1]! * 2 ** 26);
}

const seedDraws = new Float64Array(2);
/** A stream that no model draws from. */
const seedStream = 0xffff_ffff;

function requireSeeds(seeds: readonly number[], count: number, id: string): void {
  if (seeds.length !== count) throw new RangeError(`Cannot reset ${id}: ${seeds.length} seeds; give ${count}`);
  const wrong = seeds.find((seed) => !Number.isSafeInteger(seed) || seed < 0);
  if (wrong !== undefined) throw new RangeError(`Cannot reset ${id}: seed ${wrong}; give safe integers from 0 on`);
}
