import { uniformsAt } from '@i-drill/numerics';
import type { EpisodeModel } from '../episode-model.js';

const power = 0.0015;
const slope = 0.0025;
const leastPosition = -1.2;
const greatestPosition = 0.6;
const goal = 0.45;
const mostVelocity = 0.07;

const draws = new Float64Array(1);

/**
 * MountainCarContinuous-v0 of Gymnasium: an engine too weak for the slope has to swing up to the flag. After Moore 1990
 * ("Efficient memory-based learning for robot control", thesis, University of Cambridge), with a force to choose:
 *
 *   v ← v + 0.0015·u − 0.0025·cos 3x,   x ← x + v,   reward = 100 at the flag − 0.1·u²
 */
export const mountainCarContinuous: EpisodeModel = {
  spec: {
    id: 'MountainCarContinuous-v0',
    observation: [
      { name: 'position', unit: '1', low: leastPosition, high: greatestPosition },
      { name: 'velocity', unit: '1', low: -mostVelocity, high: mostVelocity },
    ],
    action: { kind: 'continuous', components: [{ name: 'force', unit: '1', low: -1, high: 1 }] },
    maxSteps: 999,
    info: [],
  },
  stateSize: 2,
  begin(state, at, seed) {
    uniformsAt(draws, seed, 0, 0);
    state[at] = -0.6 + 0.2 * draws[0]!;
    state[at + 1] = 0;
  },
  advance(state, at, actions, actionAt) {
    const force = actions[actionAt]!;
    const pull = state[at + 1]! + power * force - slope * Math.cos(3 * state[at]!);
    const velocity = Math.min(mostVelocity, Math.max(-mostVelocity, pull));
    const position = Math.min(greatestPosition, Math.max(leastPosition, state[at]! + velocity));
    state[at] = position;
    state[at + 1] = position === leastPosition ? Math.max(0, velocity) : velocity;
    return (isAtFlag(state, at) ? 100 : 0) - 0.1 * force ** 2;
  },
  hasEnded: isAtFlag,
  observe(state, at, observations, observationAt) {
    observations[observationAt] = state[at]!;
    observations[observationAt + 1] = state[at + 1]!;
  },
};

function isAtFlag(state: Float64Array, at: number): boolean {
  return state[at]! >= goal && state[at + 1]! >= 0;
}
