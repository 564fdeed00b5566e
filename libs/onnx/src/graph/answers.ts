import type { Preprocessing } from '@i-drill/core';
import type { SequenceModel } from '@i-drill/training';
import { intervalColumns, pointColumn } from '../description/columns.js';
import { tensorNames } from '../description/sequence-signature.js';
import { elementTypes } from '../format/messages.js';
import type { GraphWriter, Value } from './graph-writer.js';
import { addInterval } from './interval.js';

/** What the networks give, and the raw windows, [N, T, F] in double precision. */
export interface NetworkOutputs {
  readonly raw: Value;
  /** Of every member, shape [N, O], scaled units or logits. */
  readonly members: readonly Value[];
}

/**
 * From the outputs of the networks to the outputs of the model, in double precision:
 *
 *   columns = scale · mean over members + mean (+ raw value of the anchor feature in the last row) + 0 · Σ window
 *   probabilities = mean over members of softmax(member) + 0 · Σ window
 *
 * The last term is 0, or NaN for a window that holds NaN or an infinity: some operators of onnxruntime (LSTM, MaxPool, Relu;
 * 1.30, CPU) turn NaN into an ordinary number, and a dead sensor would give a prediction like any other.
 */
export function addAnswers(graph: GraphWriter, model: SequenceModel, outputs: NetworkOutputs): void {
  const members = outputs.members.map((member) => graph.add('Cast', [member], `${member}64`, toDouble));
  const poison = windowPoison(graph, outputs.raw);
  if (model.preprocessing.classes) addProbabilities(graph, members, poison);
  else addPredictions(graph, model, { raw: outputs.raw, members, poison });
}

const toDouble = { to: elementTypes.double };
const toFloat = { to: elementTypes.float };

/** 0, or NaN where a window is not finite, [N, 1]. */
function windowPoison(graph: GraphWriter, raw: Value): Value {
  const sum = graph.add('ReduceSum', [raw, graph.integers(1, 2)], 'window_sum'); // [N, 1, 1]
  const sums = graph.add('Squeeze', [sum, graph.integers(2)], 'window_sums');
  return graph.add('Mul', [sums, graph.constant('zero', Float64Array.of(0), [])], 'poison');
}

function addProbabilities(graph: GraphWriter, members: readonly Value[], poison: Value): void {
  const shares = members.map((member) => graph.add('Softmax', [member], `${member}_shares`, { axis: -1 }));
  const finished = graph.add('Add', [average(graph, shares), poison], 'finished');
  graph.add('Cast', [finished], tensorNames.probabilities, toFloat);
}

interface DoubleOutputs extends NetworkOutputs {
  readonly poison: Value;
}

function addPredictions(
  graph: GraphWriter,
  { preprocessing, columns, interval }: SequenceModel,
  outputs: DoubleOutputs,
): void {
  const unscaled = unscale(graph, average(graph, outputs.members), preprocessing);
  const anchored = addAnchor(graph, unscaled, { raw: outputs.raw, preprocessing });
  const finished = graph.add('Add', [anchored, outputs.poison], 'finished'); // [N, O]
  const column = (index: number, name: string): Value =>
    columns.length === 1 ? finished : graph.add('Gather', [finished, graph.integers(index)], name, { axis: 1 });
  const prediction = graph.add('Cast', [column(pointColumn(columns), 'point')], tensorNames.prediction, toFloat);
  if (!interval) return;
  const predicted = graph.add('Cast', [prediction], 'predicted', toDouble); // as the caller sees it, rounded
  const { lower, upper } = intervalColumns(interval, columns)!;
  const quantiles =
    interval.method === 'split-conformal'
      ? undefined
      : { lower: column(lower, 'lower_quantile'), upper: column(upper, 'upper_quantile') };
  addInterval(graph, interval, { predicted, quantiles });
}

/** The mean of the members, [N, O]; onnxruntime has no Mean of doubles. */
function average(graph: GraphWriter, members: readonly Value[]): Value {
  if (members.length === 1) return members[0]!;
  const count = graph.constant('member_count', Float64Array.of(members.length), []);
  return graph.add('Div', [graph.add('Sum', members, 'sum_of_members'), count], 'mean_of_members');
}

function unscale(graph: GraphWriter, output: Value, { targetScaler }: Preprocessing): Value {
  const scale = graph.constant('target_scale', Float64Array.from(targetScaler.scale));
  const mean = graph.constant('target_mean', Float64Array.from(targetScaler.mean));
  return graph.add('Add', [graph.add('Mul', [output, scale], 'spread'), mean], 'unscaled');
}

/** A scalar index drops the axis, a list of one keeps it: [N, T, F] -> last row [N, F] -> feature [N, 1]. */
function addAnchor(
  graph: GraphWriter,
  unscaled: Value,
  { raw, preprocessing }: { readonly raw: Value; readonly preprocessing: Preprocessing },
): Value {
  const { anchorFeature, windowLength } = preprocessing;
  if (anchorFeature === undefined) return unscaled;
  const newest = graph.add('Gather', [raw, graph.integer(windowLength - 1)], 'newest_row', { axis: 1 });
  const anchor = graph.add('Gather', [newest, graph.integers(anchorFeature)], 'anchor', { axis: 1 });
  return graph.add('Add', [unscaled, anchor], 'anchored');
}
