export { actionWidth } from './action-check.js';
export type { EpisodeModel } from './episode-model.js';
export { normalised } from './normalised.js';
export { cartPole } from './reference/cart-pole.js';
export { mountainCarContinuous } from './reference/mountain-car-continuous.js';
export { pendulum } from './reference/pendulum.js';
export { vectorEnvironment } from './vector-environment.js';
