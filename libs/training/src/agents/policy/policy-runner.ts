import { createDenseNetwork, denseOffsets } from '@i-drill/kernels';
import { actionScaling } from './action-scaling.js';
import type { Policy } from './policy.js';
import { scaleObservations } from './scale-observations.js';

/** A policy that can be asked. */
export interface PolicyRunner {
  /**
   * What to do, without chance. The same array every time.
   *
   * @param observations physical units, [rows, O]
   * @returns physical units, [rows, A]; of a choice the index, [rows]
   */
  act(observations: Float32Array, rows: number): Float32Array;
}

/**
 * Makes a policy ready to be asked.
 *
 * @param maxRows rows that fit into one call
 * @throws RangeError where parameters, layers, spaces and scaling do not fit one another
 */
export function createPolicyRunner(policy: Policy, maxRows: number): PolicyRunner {
  requireConsistent(policy);
  const { layers, scaling, action, squash } = policy;
  const network = createDenseNetwork(layers, { maxRows });
  network.parameters.set(policy.parameters);
  const outputs = layers.at(-1)!.outputs;
  const width = action.kind === 'discrete' ? 1 : outputs;
  const scaled = new Float32Array(maxRows * layers[0]!.inputs);
  const unit = new Float32Array(maxRows * width);
  const physical = new Float32Array(maxRows * width);
  const { toPhysical } = actionScaling(action);
  return {
    act(observations, rows) {
      scaleObservations(scaling, observations, scaled);
      const answers = network.forward(scaled, rows);
      const mode = unit.subarray(0, rows * width);
      if (action.kind === 'discrete') takeGreatest(answers, outputs, mode);
      else if (squash === 'tanh') for (let i = 0; i < mode.length; i++) mode[i] = Math.tanh(answers[i]!);
      else mode.set(answers);
      toPhysical(mode, physical.subarray(0, rows * width));
      return physical.subarray(0, rows * width);
    },
  };
}

function takeGreatest(answers: Float32Array, choices: number, into: Float32Array): void {
  for (let row = 0; row < into.length; row++) {
    let best = 0;
    for (let choice = 1; choice < choices; choice++) {
      if (answers[row * choices + choice]! > answers[row * choices + best]!) best = choice;
    }
    into[row] = best;
  }
}

function requireConsistent({ environment, layers, parameters, observation, action, scaling }: Policy): void {
  const wanted = action.kind === 'discrete' ? action.names.length : action.components.length;
  const sizes = {
    parameters: [parameters.length, denseOffsets(layers).size],
    'inputs of the network': [layers[0]?.inputs ?? 0, observation.length],
    'outputs of the network': [layers.at(-1)?.outputs ?? 0, wanted],
    'scaled components': [scaling.mean.length, observation.length],
  } as const;
  for (const [what, [have, need]] of Object.entries(sizes)) {
    if (have !== need) throw new RangeError(`Cannot run a policy for ${environment}: ${have} ${what}, ${need} needed`);
  }
}
