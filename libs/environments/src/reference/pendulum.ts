import { uniformsAt } from '@i-drill/numerics';
import type { EpisodeModel } from '../episode-model.js';

const gravity = 10;
const massKg = 1;
const lengthM = 1;
const stepS = 0.05;
const mostTorque = 2;
const mostSpin = 8;

const draws = new Float64Array(2);

/**
 * Pendulum-v1 of Gymnasium: swing up a rod that hangs from one end, with too little torque to lift it at once, and hold it.
 * θ is 0 upright.
 *
 *   θ̈ = 3g / (2l)·sin θ + 3 / (m·l²)·u,   reward = −(θ² + 0.1·θ̇² + 0.001·u²), θ in [−π, π)
 *
 * Semi-implicit Euler in steps of 50 ms, spin cut at 8 rad/s, reward of the state before the step. Never ends by itself.
 */
export const pendulum: EpisodeModel = {
  spec: {
    id: 'Pendulum-v1',
    observation: [
      { name: 'cos_angle', unit: '1', low: -1, high: 1 },
      { name: 'sin_angle', unit: '1', low: -1, high: 1 },
      { name: 'spin', unit: 'rad/s', low: -mostSpin, high: mostSpin },
    ],
    action: {
      kind: 'continuous',
      components: [{ name: 'torque', unit: 'N.m', low: -mostTorque, high: mostTorque }],
    },
    maxSteps: 200,
    info: [],
  },
  stateSize: 2,
  begin(state, at, seed) {
    uniformsAt(draws, seed, 0, 0);
    state[at] = Math.PI * (2 * draws[0]! - 1);
    state[at + 1] = 2 * draws[1]! - 1;
  },
  advance(state, at, actions, actionAt) {
    const [angle, spin, torque] = [state[at]!, state[at + 1]!, actions[actionAt]!];
    const cost = wrapped(angle) ** 2 + 0.1 * spin ** 2 + 0.001 * torque ** 2;
    const spinRate = ((3 * gravity) / (2 * lengthM)) * Math.sin(angle) + (3 / (massKg * lengthM ** 2)) * torque;
    const spinNext = Math.min(mostSpin, Math.max(-mostSpin, spin + stepS * spinRate));
    state[at] = angle + stepS * spinNext;
    state[at + 1] = spinNext;
    return -cost;
  },
  hasEnded: () => false,
  observe(state, at, observations, observationAt) {
    observations[observationAt] = Math.cos(state[at]!);
    observations[observationAt + 1] = Math.sin(state[at]!);
    observations[observationAt + 2] = state[at + 1]!;
  },
};

/** The same angle in [−π, π). */
function wrapped(angle: number): number {
  const turn = 2 * Math.PI;
  return angle - turn * Math.floor((angle + Math.PI) / turn);
}
