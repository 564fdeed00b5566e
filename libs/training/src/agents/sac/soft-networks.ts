import { createDenseNetwork, type DenseNetwork } from '@i-drill/kernels';
import { denseLayers } from '../dense-layers.js';
import { uniformWeights } from '../initial-weights.js';
import type { SacSettings } from './sac-settings.js';

/** The networks of a SAC training. */
export interface SoftNetworks {
  /** Answers μ and log σ, [rows, 2A]. */
  readonly actor: DenseNetwork;
  /** Two critics of (state, action), [rows, O + A] → [rows]. */
  readonly critics: readonly [DenseNetwork, DenseNetwork];
  /** Their slow copies. */
  readonly targets: readonly [DenseNetwork, DenseNetwork];
  /** log α, as the bias of a layer that sees nothing. */
  readonly logTemperature: DenseNetwork;
}

/** Networks with the weights a training starts with. */
export function createSoftNetworks(observations: number, actions: number, settings: SacSettings): SoftNetworks {
  const { hidden, seed, batchSize, environments, temperature } = settings;
  const maxRows = Math.max(batchSize, environments);
  const network = (inputs: number, outputs: number, number: number): DenseNetwork => {
    const layers = denseLayers({ inputs, hidden, outputs, activation: 'relu' });
    const created = createDenseNetwork(layers, { maxRows });
    created.parameters.set(uniformWeights(layers, { seed, network: number }));
    return created;
  };
  const critic = (number: number): DenseNetwork => network(observations + actions, 1, number);
  const logTemperature = createDenseNetwork([{ inputs: 1, outputs: 1, activation: 'linear' }], { maxRows: 1 });
  logTemperature.parameters[1] = temperature === 'auto' ? 0 : Math.log(temperature);
  return {
    actor: network(observations, 2 * actions, 0),
    critics: [critic(1), critic(2)],
    targets: [critic(1), critic(2)],
    logTemperature,
  };
}

/** target ← target + τ·(network − target). */
export function follow(target: Float32Array, network: Float32Array, tau: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += tau * (network[i]! - target[i]!);
}
