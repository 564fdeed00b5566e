import type { TensorSpec } from '@i-drill/core';
import type { SequenceModel } from '@i-drill/training';
import { tensorDocs } from '../description/plain-words.js';
import { sequenceSignature, tensorNames } from '../description/sequence-signature.js';
import type { GraphSpec, ValueSpec } from '../format/messages.js';
import { networkGraph } from '../networks/network-graph.js';
import { addAnswers } from './answers.js';
import { GraphWriter, type Value } from './graph-writer.js';
import { NetworkWriter } from './network-writer.js';
import { scaleWindows } from './scale-windows.js';
import { TrainedWeights } from './trained-weights.js';

/**
 * The whole model as one graph, raw windows in, target units or probabilities out:
 *
 *   window [N, T, F] -> scaled, by regime if there are any -> every member's network [N, O] -> mean over members
 *     -> target units, anchor -> prediction, lower, upper   |   -> softmax before the mean -> probabilities
 *
 * Names of the members' values begin with `member<m>.` where there are several.
 *
 * @throws OnnxError `ONNX_INVALID_MODEL` for weights that do not fit the architecture
 */
export function sequenceGraph(model: SequenceModel): GraphSpec {
  const graph = new GraphWriter();
  const { raw, scaled } = scaleWindows(graph, tensorNames.window, model.preprocessing);
  const members = model.members.map((_, member) => memberOutput(graph, model, { member, windows: scaled }));
  addAnswers(graph, model, { raw, members });
  return { name: 'sequence-model', nodes: graph.nodes, initializers: graph.initializers, ...doors(model) };
}

function memberOutput(
  graph: GraphWriter,
  { architecture, preprocessing, columns, members }: SequenceModel,
  { member, windows }: { readonly member: number; readonly windows: Value },
): Value {
  const weights = new TrainedWeights(members[member]!);
  const scope = members.length === 1 ? graph : graph.within(`member${member}.`);
  const { windowLength: steps, features } = preprocessing;
  const input = { windows, steps, features: features.length, outputs: columns.length };
  const output = networkGraph(new NetworkWriter(scope, weights), architecture, input);
  weights.requireAllTaken();
  return output;
}

/** What goes in and out, the first dimension under the name `batch`, each with its meaning in words. */
function doors(model: SequenceModel): Pick<GraphSpec, 'inputs' | 'outputs'> {
  const { inputs, outputs } = sequenceSignature(model.preprocessing, model.interval);
  const docs = tensorDocs(model);
  const described = ({ name, shape }: TensorSpec): ValueSpec => ({
    name,
    shape: shape.map((size) => (size === -1 ? 'batch' : size)),
    ...(docs[name] !== undefined && { doc: docs[name] }),
  });
  return { inputs: inputs.map(described), outputs: outputs.map(described) };
}
