import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EpisodeModel } from '../episode-model.js';
import { normalised } from '../normalised.js';
import { vectorEnvironmentContract } from '../testing/index.js';
import { vectorEnvironment } from '../vector-environment.js';
import { cartPole } from './cart-pole.js';
import { mountainCarContinuous } from './mountain-car-continuous.js';
import { pendulum } from './pendulum.js';

const models = [cartPole, pendulum, mountainCarContinuous];

/** Gymnasium keeps the state of this one in single precision. */
const tolerance = (id: string): number => (id === 'MountainCarContinuous-v0' ? 1e-6 : 1e-9);

interface Episode {
  readonly start: number[];
  readonly actions: number[];
  readonly states: number[][];
  readonly observations: number[][];
  readonly rewards: number[];
  readonly terminated: boolean[];
}

const vectors = JSON.parse(
  readFileSync(new URL('../../test/vectors/gymnasium.json', import.meta.url), 'utf8'),
) as Record<string, Episode[]>;

for (const model of models) {
  vectorEnvironmentContract(model.spec.id, (count) => vectorEnvironment(model, count));
  vectorEnvironmentContract(`${model.spec.id}, normalised,`, (count) => normalised(vectorEnvironment(model, count)));
}

describe.each(models)('$spec.id', (model) => {
  it('goes where Gymnasium goes, step for step', () => {
    const episodes = vectors[model.spec.id]!;
    expect(episodes.length).toBeGreaterThan(3);
    for (const episode of episodes) follow(model, episode);
  });

  it('starts within the range of Gymnasium, and fills it', () => {
    const ranges = { 'CartPole-v1': [-0.05, 0.05], 'Pendulum-v1': [-Math.PI, Math.PI], 'MountainCarContinuous-v0': [-0.6, -0.4] }; // prettier-ignore
    const [low, high] = ranges[model.spec.id as keyof typeof ranges] as [number, number];
    const state = new Float64Array(model.stateSize);
    const starts = Array.from({ length: 2000 }, (_, seed) => {
      model.begin(state, 0, seed);
      return state[0]!;
    });
    const width = high - low;
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(low);
    expect(Math.min(...starts)).toBeLessThan(low + 0.01 * width);
    expect(Math.max(...starts)).toBeLessThanOrEqual(high);
    expect(Math.max(...starts)).toBeGreaterThan(high - 0.01 * width);
  });
});

function follow(model: EpisodeModel, { start, actions, states, observations, rewards, terminated }: Episode): void {
  const state = Float64Array.from(start);
  const seen = new Float32Array(model.spec.observation.length);
  actions.forEach((action, i) => {
    const reward = model.advance(state, 0, Float32Array.of(action), 0);
    state.forEach((value, k) => {
      expect(Math.abs(value - states[i]![k]!)).toBeLessThan(tolerance(model.spec.id));
    });
    model.observe(state, 0, seen, 0);
    seen.forEach((value, k) => {
      expect(Math.abs(value - observations[i]![k]!)).toBeLessThan(2e-6);
    });
    expect(reward).toBeCloseTo(rewards[i]!, 9);
    expect(model.hasEnded(state, 0)).toBe(terminated[i]);
  });
}
