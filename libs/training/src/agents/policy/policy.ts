import type { ActionSpace, SpaceComponent } from '@i-drill/core';
import type { DenseLayer } from '@i-drill/kernels';

/** Which algorithms train agents. */
export const agentTypes = ['ppo', 'sac'] as const;

/** How an agent was trained. */
export type AgentType = (typeof agentTypes)[number];

/** How observations are brought to one size: (x − mean) / scale, cut at ± limit. */
export interface ObservationScaling {
  /** Per component, physical units. */
  readonly mean: readonly number[];
  readonly scale: readonly number[];
  readonly limit: number;
}

/**
 * Everything that turns what is seen into what is done: one value, and all that is kept of a training in the end. Sensor
 * readings go in and set-points come out, both in physical units.
 */
export interface Policy {
  readonly formatVersion: 1;
  readonly agentType: AgentType;
  /** Id of the environment it was trained in, `Drilling-v1`: name and version. */
  readonly environment: string;
  readonly observation: readonly SpaceComponent[];
  readonly action: ActionSpace;
  readonly scaling: ObservationScaling;
  /** How a network output becomes a number from −1 to 1; of a choice, the greatest output is taken instead. */
  readonly squash: 'clip' | 'tanh';
  /** From [O] to [A], or to one output per choice. */
  readonly layers: readonly DenseLayer[];
  /** In the order of `DenseNetwork.parameters`. */
  readonly parameters: Float32Array;
}

/** What is known of a policy without its weights. */
export type PolicyDescription = Omit<Policy, 'parameters'>;

/** The policy without its weights. */
export function describePolicy({ parameters: _weights, ...description }: Policy): PolicyDescription {
  return description;
}
