import { uniformsAt } from '@i-drill/numerics';
import type { EpisodeModel } from '../episode-model.js';

const gravity = 9.8;
const cartMass = 1;
const poleMass = 0.1;
const totalMass = cartMass + poleMass;
const halfLength = 0.5;
const pushN = 10;
const stepS = 0.02;
const trackM = 2.4;
const fallRad = (12 * 2 * Math.PI) / 360;

const draws = new Float64Array(4);

/**
 * CartPole-v1: keep a pole upright on a cart that can only be pushed left or right. Barto, Sutton & Anderson 1983 ("Neuronlike
 * adaptive elements that can solve difficult learning control problems", IEEE Trans. SMC 13(5)), without friction, in the
 * version of Gymnasium: forward Euler in steps of 20 ms, 1 for every step until the pole leans 12° or the cart leaves the track.
 *
 *   θ̈ = (g·sin θ − cos θ·(F + m·l·θ̇²·sin θ) / M) / (l·(4/3 − m·cos²θ / M))
 *   ẍ = (F + m·l·θ̇²·sin θ) / M − m·l·θ̈·cos θ / M
 */
export const cartPole: EpisodeModel = {
  spec: {
    id: 'CartPole-v1',
    observation: [
      { name: 'cart_position', unit: 'm', low: -Infinity, high: Infinity },
      { name: 'cart_velocity', unit: 'm/s', low: -Infinity, high: Infinity },
      { name: 'pole_angle', unit: 'rad', low: -Infinity, high: Infinity },
      { name: 'pole_velocity', unit: 'rad/s', low: -Infinity, high: Infinity },
    ],
    action: { kind: 'discrete', names: ['push left', 'push right'] },
    maxSteps: 500,
    info: [],
  },
  stateSize: 4,
  begin(state, at, seed) {
    uniformsAt(draws, seed, 0, 0);
    for (let i = 0; i < 4; i++) state[at + i] = -0.05 + 0.1 * draws[i]!;
  },
  advance(state, at, actions, actionAt) {
    const force = actions[actionAt] === 1 ? pushN : -pushN;
    const [velocity, angle, spin] = [state[at + 1]!, state[at + 2]!, state[at + 3]!];
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const shared = (force + poleMass * halfLength * spin ** 2 * sin) / totalMass;
    const spinRate = (gravity * sin - cos * shared) / (halfLength * (4 / 3 - (poleMass * cos ** 2) / totalMass));
    const acceleration = shared - (poleMass * halfLength * spinRate * cos) / totalMass;
    state[at]! += stepS * velocity;
    state[at + 1] = velocity + stepS * acceleration;
    state[at + 2] = angle + stepS * spin;
    state[at + 3] = spin + stepS * spinRate;
    return 1;
  },
  hasEnded: (state, at) => Math.abs(state[at]!) > trackM || Math.abs(state[at + 2]!) > fallRad,
  observe(state, at, observations, observationAt) {
    for (let i = 0; i < 4; i++) observations[observationAt + i] = state[at + i]!;
  },
};
