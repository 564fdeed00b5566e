import type { VectorEnvironment } from '@i-drill/core';
import type { Policy } from './policy/policy.js';
import { createPolicyRunner } from './policy/policy-runner.js';

/** How one episode went. */
export interface EpisodeResult {
  readonly seed: number;
  /** Sum of rewards, without discount. */
  readonly return: number;
  readonly length: number;
  /** Whether it was ended by what happened in it. */
  readonly terminated: boolean;
}

/**
 * One whole episode per seed, without chance in the actions, as many at once as the environment has places.
 *
 * @param environment what the policy was trained in, or another with the same spaces
 */
export function evaluatePolicy(
  policy: Policy,
  environment: VectorEnvironment,
  seeds: readonly number[],
): EpisodeResult[] {
  const runner = createPolicyRunner(policy, environment.count);
  const act = (observations: Float32Array): Float32Array => runner.act(observations, environment.count);
  const results: EpisodeResult[] = [];
  for (let first = 0; first < seeds.length; first += environment.count) {
    results.push(...playEpisodes(environment, seeds.slice(first, first + environment.count), act));
  }
  return results;
}

/** One episode per seed; places without a seed of their own play the last one again, unseen. */
export function playEpisodes(
  environment: VectorEnvironment,
  seeds: readonly number[],
  act: (observations: Float32Array) => Float32Array,
): EpisodeResult[] {
  const { count } = environment;
  environment.reset(Array.from({ length: count }, (_, place) => seeds[Math.min(place, seeds.length - 1)]!));
  const returns = new Float64Array(count);
  const results: (EpisodeResult | undefined)[] = seeds.map(() => undefined);
  for (let length = 1; results.includes(undefined); length++) {
    environment.step(act(environment.observations));
    for (const [place, seed] of seeds.entries()) {
      if (results[place] !== undefined) continue;
      returns[place]! += environment.rewards[place]!;
      const terminated = environment.terminated[place] === 1;
      if (!terminated && environment.truncated[place] === 0) continue;
      results[place] = { seed, return: returns[place]!, length, terminated };
    }
  }
  return results.filter((result) => result !== undefined);
}
