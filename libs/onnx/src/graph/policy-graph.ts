import { denseOffsets } from '@i-drill/kernels';
import { actionScaling, type Policy } from '@i-drill/training/agents';
import { policySignature } from '../description/policy-signature.js';
import type { GraphSpec } from '../format/messages.js';
import { GraphWriter, type Value } from './graph-writer.js';

/**
 * The whole policy as one graph, sensor readings in, set-points out, both in physical units:
 *
 *   observation [N, O] -> (x − mean) / scale, cut -> dense layers -> tanh or cut to [−1, 1] -> middle + half·u -> action [N, A]
 *
 * Of choices, the index of the greatest output, [N, 1].
 */
export function policyGraph(policy: Policy): GraphSpec {
  const graph = new GraphWriter();
  const { inputs, outputs } = policySignature(policy);
  const answers = layers(graph, policy, scaled(graph, policy, inputs[0]!.name));
  if (policy.action.kind === 'discrete') greatest(graph, answers, outputs[0]!.name);
  else physical(graph, policy, answers, outputs[0]!.name);
  const door = ({ name, shape }: (typeof inputs)[number]): { name: string; shape: (number | string)[] } => ({
    name,
    shape: shape.map((size) => (size === -1 ? 'batch' : size)),
  });
  return {
    name: 'policy',
    nodes: graph.nodes,
    initializers: graph.initializers,
    inputs: inputs.map(door),
    outputs: outputs.map(door),
  };
}

function scaled(graph: GraphWriter, { scaling }: Policy, observation: Value): Value {
  const { mean, scale, limit } = scaling;
  // In double precision, as the policy's own scaling is: a mean of 2000 m would take the last digits of a reading.
  const wide = graph.add('Cast', [observation], 'observation.double', { to: 11 });
  const centred = graph.add('Sub', [wide, graph.constant('mean', Float64Array.from(mean))], 'centred');
  const ratio = graph.add('Div', [centred, graph.constant('scale', Float64Array.from(scale))], 'scaled.double');
  const single = graph.add('Cast', [ratio], 'scaled', { to: 1 });
  return Number.isFinite(limit) ? clip(graph, single, limit, 'scaled.cut') : single;
}

function clip(graph: GraphWriter, value: Value, limit: number, name: string): Value {
  const bounds = [-limit, limit].map((bound, i) => graph.constant(`${name}.bound${i}`, Float32Array.of(bound), []));
  return graph.add('Clip', [value, ...bounds], name);
}

function layers(graph: GraphWriter, policy: Policy, input: Value): Value {
  const { offsets } = denseOffsets(policy.layers);
  return policy.layers.reduce((value, { inputs, outputs, activation }, i) => {
    const from = offsets[i]!;
    const bias = from + inputs * outputs;
    const kernel = graph.constant(`layer${i}.kernel`, policy.parameters.slice(from, bias), [inputs, outputs]);
    const offset = graph.constant(`layer${i}.bias`, policy.parameters.slice(bias, bias + outputs));
    const sums = graph.add('Gemm', [value, kernel, offset], `layer${i}.sums`);
    if (activation === 'linear') return sums;
    return graph.add(activation === 'tanh' ? 'Tanh' : 'Relu', [sums], `layer${i}.output`);
  }, input);
}

function greatest(graph: GraphWriter, answers: Value, name: string): void {
  const index = graph.add('ArgMax', [answers], 'choice', { axis: 1, keepdims: 1 });
  graph.add('Cast', [index], name, { to: 1 });
}

function physical(graph: GraphWriter, { action, squash }: Policy, answers: Value, name: string): void {
  const unit = squash === 'tanh' ? graph.add('Tanh', [answers], 'unit') : clip(graph, answers, 1, 'unit');
  const { width, toPhysical } = actionScaling(action);
  const [high, low] = [1, -1].map((u) => {
    const bounds = new Float32Array(width);
    toPhysical(new Float32Array(width).fill(u), bounds);
    return bounds;
  }) as [Float32Array, Float32Array];
  const half = graph.constant('half', high.map((value, i) => (value - low[i]!) / 2)); // prettier-ignore
  const middle = graph.constant('middle', high.map((value, i) => (value + low[i]!) / 2)); // prettier-ignore
  graph.add('Add', [graph.add('Mul', [unit, half], 'stretched'), middle], name);
}
