import type { PredictionInterval } from '@i-drill/core';
import { tensorNames } from '../description/sequence-signature.js';
import { elementTypes } from '../format/messages.js';
import type { GraphWriter, Value } from './graph-writer.js';

/** What an interval is laid around, each [N, 1], target units, double precision. */
export interface IntervalInputs {
  readonly predicted: Value;
  /** What margins are added to where they are not added to the prediction. */
  readonly quantiles?: Ends | undefined;
}

/** Two values, the lower not always below. */
interface Ends {
  readonly lower: Value;
  readonly upper: Value;
}

/**
 * The outputs `lower` and `upper`, [N, 1] each:
 *
 *   bin = number of edges ≤ prediction
 *   lower = base − below[bin],  upper = base + above[bin]
 *
 * where base is the prediction, or the smaller and the larger of the two quantiles. Ends that cross, because a margin is
 * negative, are both their middle. Both are cut to [minimum, maximum].
 */
export function addInterval(graph: GraphWriter, interval: PredictionInterval, inputs: IntervalInputs): void {
  const bin = binOf(graph, interval.edges, inputs.predicted);
  const bases = basesOf(graph, inputs);
  const below = marginOf(graph, { name: 'below', margins: interval.below, bin });
  const above = marginOf(graph, { name: 'above', margins: interval.above, bin });
  const laid = {
    lower: graph.add('Sub', [bases.lower, below], 'lower64'),
    upper: graph.add('Add', [bases.upper, above], 'upper64'),
  };
  const canCross = interval.below.some((margin, bin) => margin + interval.above[bin]! < 0);
  const { lower, upper } = canCross ? uncrossed(graph, laid) : laid;
  graph.add('Cast', [cut(graph, lower, interval)], tensorNames.lower, { to: elementTypes.float });
  graph.add('Cast', [cut(graph, upper, interval)], tensorNames.upper, { to: elementTypes.float });
}

/** Index of the bin of each prediction, [N, 1]; `undefined` where there is only one. */
function binOf(graph: GraphWriter, edges: readonly number[], predicted: Value): Value | undefined {
  if (edges.length === 0) return undefined;
  const reached = graph.add(
    'GreaterOrEqual',
    [predicted, graph.constant('edges', Float64Array.from(edges))],
    'reached',
  );
  const ones = graph.add('Cast', [reached], 'reached_ones', { to: elementTypes.int64 });
  return graph.add('ReduceSum', [ones, graph.integers(1)], 'bin');
}

function basesOf(graph: GraphWriter, { predicted, quantiles }: IntervalInputs): Ends {
  if (!quantiles) return { lower: predicted, upper: predicted };
  const both = [quantiles.lower, quantiles.upper];
  return { lower: graph.add('Min', both, 'lower_base'), upper: graph.add('Max', both, 'upper_base') };
}

interface Margins {
  readonly name: string;
  readonly margins: readonly number[];
  readonly bin: Value | undefined;
}

function marginOf(graph: GraphWriter, { name, margins, bin }: Margins): Value {
  const table = graph.constant(`margins_${name}`, Float64Array.from(margins));
  return bin === undefined ? table : graph.add('Gather', [table, bin], `margin_${name}`, { axis: 0 });
}

function uncrossed(graph: GraphWriter, { lower, upper }: Ends): Ends {
  const sum = graph.add('Add', [lower, upper], 'sum_of_ends');
  const middle = graph.add('Mul', [sum, graph.constant('half', Float64Array.of(0.5), [])], 'middle');
  return {
    lower: graph.add('Min', [lower, middle], 'lower_end'),
    upper: graph.add('Max', [upper, middle], 'upper_end'),
  };
}

/** Cut to the bounds there are; NaN stays NaN. */
function cut(graph: GraphWriter, end: Value, { minimum, maximum }: PredictionInterval): Value {
  if (minimum === undefined && maximum === undefined) return end;
  const bounds = [bound(graph, `${end}_minimum`, minimum), bound(graph, `${end}_maximum`, maximum)];
  return graph.add('Clip', [end, ...bounds], `${end}_cut`);
}

function bound(graph: GraphWriter, name: string, value: number | undefined): Value {
  return value === undefined ? '' : graph.constant(name, Float64Array.of(value), []);
}
