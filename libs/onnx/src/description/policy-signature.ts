import type { ModelSignature } from '@i-drill/core';
import type { Policy } from '@i-drill/training/agents';

/** One input `observation` [N, O], one output `action` [N, A], physical units; of choices the index, [N, 1]. */
export function policySignature({ observation, action }: Pick<Policy, 'observation' | 'action'>): ModelSignature {
  const width = action.kind === 'discrete' ? 1 : action.components.length;
  return {
    inputs: [{ name: 'observation', dtype: 'float32', shape: [-1, observation.length] }],
    outputs: [{ name: 'action', dtype: 'float32', shape: [-1, width] }],
  };
}
