import { createPolicyRunner, describePolicy, type Policy } from '@i-drill/training/agents';
import { exportRefusal } from '../errors.js';
import { encodeModel } from '../format/messages.js';
import { policyGraph } from '../graph/policy-graph.js';

/** Key of the description in the file. */
export const policyKey = 'i_drill.policy';

/**
 * A policy as an ONNX file: operator set 17, one input `observation` [N, O] of sensor readings, one output `action` [N, A] of
 * set-points. Scaling of observations and actions are inside, and the id of the environment it was trained in stands in the
 * metadata. The same policy gives the same bytes.
 *
 * @throws OnnxError `ONNX_INVALID_MODEL` where the parts do not fit one another, or a weight is not a number
 *
 * @example
 * ```ts
 * import { exportPolicy, openPolicy } from '@i-drill/onnx';
 * const onnx = exportPolicy({
 *   formatVersion: 1, agentType: 'ppo', environment: 'Demo-v1', squash: 'clip',
 *   observation: [{ name: 'torque', unit: 'kN.m', low: 0, high: 30 }],
 *   action: { kind: 'continuous', components: [{ name: 'weight_on_bit', unit: 'kN', low: 0, high: 200 }] },
 *   scaling: { mean: [10], scale: [5], limit: 10 },
 *   layers: [{ inputs: 1, outputs: 1, activation: 'linear' }],
 *   parameters: Float32Array.of(0.5, 0),
 * });
 * const policy = await openPolicy(onnx);
 * Array.from(await policy.act(Float32Array.of(10, 15), 2)); // => [100, 150]
 * ```
 */
export function exportPolicy(policy: Policy): Uint8Array {
  requirePolicy(policy);
  const metadata = [[policyKey, JSON.stringify(describePolicy(policy), infinities)] as const];
  return encodeModel(policyGraph(policy), { doc: policyDoc(policy), metadata });
}

/** JSON has no infinities: bounds that are none are written as words. */
function infinities(_key: string, value: unknown): unknown {
  return value === Infinity ? 'Infinity' : value === -Infinity ? '-Infinity' : value;
}

function requirePolicy(policy: Policy): void {
  const { parameters, scaling } = policy;
  const numbers = [...parameters, ...scaling.mean, ...scaling.scale];
  if (!numbers.every((value) => Number.isFinite(value))) {
    throw exportRefusal('a weight or a scale of the policy is not a finite number');
  }
  try {
    createPolicyRunner(policy, 1);
  } catch (cause) {
    throw exportRefusal(cause instanceof Error ? cause.message : String(cause));
  }
}

function policyDoc({ agentType, environment, observation, action }: Policy): string {
  const names = (components: readonly { readonly name: string; readonly unit: string }[]): string =>
    components.map(({ name, unit }) => `${name} (${unit})`).join(', ');
  const answer = action.kind === 'discrete' ? `the index of ${action.names.join(', ')}` : names(action.components);
  return `Policy of ${agentType} for ${environment}. observation: ${names(observation)}. action: ${answer}.`;
}
