import type { ActionSpace } from '@i-drill/core';
import { createDenseNetwork, type DenseLayer, type DenseNetwork } from '@i-drill/kernels';
import { denseLayers } from '../dense-layers.js';
import { orthogonalWeights } from '../initial-weights.js';
import type { ActionDistribution } from './action-distribution.js';
import { categorical } from './categorical.js';
import { diagonalGaussian } from './diagonal-gaussian.js';
import type { PpoSettings } from './ppo-settings.js';

/** The networks of a PPO training. */
export interface ActorCritic {
  readonly actor: DenseNetwork;
  readonly critic: DenseNetwork;
  /** log σ, as the biases of a layer that sees nothing, so that it is trained as the others are. Absent for choices. */
  readonly logSpread?: DenseNetwork;
  readonly distribution: ActionDistribution;
  /** The part of `logSpread` that is log σ; empty for choices. */
  readonly logSpreads: Float32Array;
  /** The derivative for log σ, gathered by the distribution; empty for choices. */
  readonly logSpreadSlopes: Float32Array;
}

/** From observations to one output per set-point, or per choice. */
export function actorLayers(observations: number, action: ActionSpace, hidden: readonly number[]): DenseLayer[] {
  const outputs = action.kind === 'discrete' ? action.names.length : action.components.length;
  return denseLayers({ inputs: observations, hidden, outputs, activation: 'tanh' });
}

/** Networks with the weights a training starts with. */
export function createActorCritic(
  observations: number,
  action: ActionSpace,
  { hidden, seed, initialLogSpread, batchSize }: PpoSettings,
): ActorCritic {
  const layers = { actor: actorLayers(observations, action, hidden), critic: criticLayers(observations, hidden) };
  const [actor, critic] = [layers.actor, layers.critic].map((each) => createDenseNetwork(each, { maxRows: batchSize })) as [DenseNetwork, DenseNetwork]; // prettier-ignore
  const hiddenGains = hidden.map(() => Math.SQRT2);
  actor.parameters.set(orthogonalWeights(layers.actor, [...hiddenGains, 0.01], { seed, network: 0 }));
  critic.parameters.set(orthogonalWeights(layers.critic, [...hiddenGains, 1], { seed, network: 1 }));
  if (action.kind === 'discrete') {
    const empty = new Float32Array();
    return { actor, critic, distribution: categorical(action.names.length), logSpreads: empty, logSpreadSlopes: empty };
  }
  const width = action.components.length;
  const logSpread = createDenseNetwork([{ inputs: 1, outputs: width, activation: 'linear' }], { maxRows: 1 });
  const logSpreads = logSpread.parameters.subarray(width).fill(initialLogSpread);
  const logSpreadSlopes = new Float32Array(width);
  return { actor, critic, logSpread, distribution: diagonalGaussian(logSpreads, logSpreadSlopes), logSpreads, logSpreadSlopes }; // prettier-ignore
}

function criticLayers(observations: number, hidden: readonly number[]): DenseLayer[] {
  return denseLayers({ inputs: observations, hidden, outputs: 1, activation: 'tanh' });
}
