import type { ActionSpace, VectorEnvironment } from '@i-drill/core';
import { uniformsAt } from '@i-drill/numerics';
import { beforeEach, describe, expect, it } from 'vitest';

/** Steps long enough for every environment to end some episodes by chance or by its limit. */
const contractSteps = 1200;

/**
 * What every {@link VectorEnvironment} promises.
 *
 * @param name title of the suite
 * @param create an environment of so many places
 */
export function vectorEnvironmentContract(name: string, create: (count: number) => VectorEnvironment): void {
  describe(`${name} as an environment`, () => {
    let environment: VectorEnvironment;
    beforeEach(() => {
      environment = create(3);
    });

    it('gives the same episodes for the same seeds and actions, and others for other seeds', () => {
      const [first, again, other] = [[1, 2, 3], [1, 2, 3], [4, 5, 6]].map((seeds) => course(environment, seeds, 60)); // prettier-ignore
      expect(again).toEqual(first);
      expect(other).not.toEqual(first);
    });

    it('keeps nothing of what went before a reset', () => {
      const fresh = course(create(3), [1, 2, 3], 60);
      course(environment, [7, 8, 9], 40);
      expect(course(environment, [1, 2, 3], 60)).toEqual(fresh);
    });

    it('gives a place the same episodes whatever stands beside it', () => {
      const alone = course(create(1), [2], contractSteps);
      const among = course(environment, [1, 2, 3], contractSteps, 1);
      expect(alone).toEqual(among);
    });

    it('ends every episode by its limit of steps at the latest, and begins the next in the same step', () => {
      const { maxSteps } = environment.spec;
      environment.reset([1, 2, 3]);
      let [length, episodes] = [0, 0];
      for (let step = 0; step < contractSteps; step++) {
        environment.step(someActions(environment, step));
        length++;
        const [terminated, truncated] = [environment.terminated[0]!, environment.truncated[0]!];
        if (terminated + truncated === 2) expect.fail('an episode is terminated and truncated');
        if (truncated === 1) expect(length).toBe(maxSteps);
        if (terminated + truncated > 0) [length, episodes] = [0, episodes + 1];
        else if (length >= maxSteps) expect.fail(`an episode goes on after ${length} steps`);
      }
      expect(episodes).toBeGreaterThan(0);
    });

    it('keeps observations within their bounds and rewards finite', () => {
      const { observation } = environment.spec;
      const isWithin = (value: number, i: number): boolean => {
        const { low, high } = observation[i % observation.length]!;
        const slack = Number.isFinite(high - low) ? 1e-6 * Math.max(Math.abs(low), Math.abs(high)) : 0;
        return value >= low - slack && value <= high + slack;
      };
      environment.reset([1, 2, 3]);
      for (let step = 0; step < contractSteps; step++) {
        environment.step(someActions(environment, step));
        const { observations, rewards } = environment;
        if (observations.every(isWithin) && rewards.every((reward) => Number.isFinite(reward))) continue;
        expect.fail(`step ${step}: observations ${observations.join(' ')}, rewards ${rewards.join(' ')}`);
      }
    });

    it('goes on from a snapshot as it would have gone on, in another environment too', () => {
      environment.reset([1, 2, 3]);
      walk(environment, 0, 50);
      const [snapshot, seen] = [environment.snapshot(), Array.from(environment.observations)];
      const future = walk(environment, 50, 100);
      const other = create(3);
      other.restore(snapshot);
      expect(Array.from(other.observations)).toEqual(seen);
      expect(walk(other, 50, 100)).toEqual(future);
      environment.restore(snapshot);
      expect(walk(environment, 50, 100)).toEqual(future);
      expect(() => {
        create(2).restore(snapshot);
      }).toThrow(RangeError);
    });

    it('writes into the same arrays all the time', () => {
      const arrays = ['observations', 'rewards', 'terminated', 'truncated', 'finalObservations', 'info'] as const;
      const before = arrays.map((each) => environment[each]);
      environment.reset([1, 2, 3]);
      walk(environment, 0, 5);
      arrays.forEach((each, i) => {
        expect(environment[each]).toBe(before[i]);
      });
    });

    it('moves actions outside the bounds to them', () => {
      const { action } = environment.spec;
      if (action.kind === 'discrete') return;
      const atBound = stepFrom(environment, action.components.map(({ high }) => high)); // prettier-ignore
      expect(stepFrom(environment, action.components.map(({ high }) => high * 2 + 1))).toEqual(atBound); // prettier-ignore
    });

    it('refuses actions and seeds that are none', () => {
      environment.reset([1, 2, 3]);
      const width = someActions(environment, 0).length;
      for (const actions of [new Float32Array(width + 1), new Float32Array(width).fill(NaN)]) {
        expect(() => {
          environment.step(actions);
        }).toThrow(RangeError);
      }
      for (const seeds of [[1], [1, 2, 0.5], [1, 2, -3]]) {
        expect(() => {
          environment.reset(seeds);
        }).toThrow(RangeError);
      }
    });
  });
}

/** Everything place `place` (or all) shows over some steps. */
function course(environment: VectorEnvironment, seeds: readonly number[], steps: number, place?: number): number[][] {
  environment.reset(seeds);
  const shown = [Array.from(environment.observations)];
  shown.push(...walk(environment, 0, steps));
  if (place === undefined) return shown;
  const width = environment.observations.length / environment.count;
  return shown.map((row, i) => {
    const seen = row.slice(place * width, (place + 1) * width);
    const rest = row.slice(environment.count * width);
    return i === 0 ? seen : [...seen, ...[0, 1, 2].map((which) => rest[which * environment.count + place]!)];
  });
}

function walk(environment: VectorEnvironment, from: number, to: number): number[][] {
  return Array.from({ length: to - from }, (_, i) => {
    environment.step(someActions(environment, from + i));
    const { observations, rewards, terminated, truncated } = environment;
    return [...observations, ...rewards, ...terminated, ...truncated];
  });
}

function stepFrom(environment: VectorEnvironment, action: readonly number[]): number[] {
  environment.reset([1, 2, 3]);
  environment.step(Float32Array.from([1, 2, 3].flatMap(() => action)));
  return [...environment.observations, ...environment.rewards];
}

const draws = new Float64Array(16);

/** The same action in every place, another in every step. */
function someActions({ spec, count }: VectorEnvironment, step: number): Float32Array {
  uniformsAt(draws, 99, 0, step);
  const one = oneAction(spec.action);
  return Float32Array.from(Array.from({ length: count }, () => one).flat());
}

function oneAction(space: ActionSpace): number[] {
  if (space.kind === 'discrete') return [Math.floor(draws[0]! * space.names.length)];
  return space.components.map(({ low, high }, i) => low + (high - low) * draws[i]!);
}
