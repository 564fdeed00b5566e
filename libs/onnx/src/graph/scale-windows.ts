import type { Preprocessing, Regimes, StandardScaler } from '@i-drill/core';
import { elementTypes } from '../format/messages.js';
import type { GraphWriter, Value } from './graph-writer.js';

/** The same windows [N, T, F], raw and scaled. */
export interface ScaledWindows {
  /** As they came in, in double precision. */
  readonly raw: Value;
  /** Scaled, single precision. */
  readonly scaled: Value;
}

/**
 * z = (x − mean) · (1 / scale) per feature, in double precision and with the reciprocals of training, so that a network
 * reads the same bits as there. A sensor at 2388 rpm with a deviation of 0.07 rpm would lose three digits of its scaled
 * value to the rounding of the mean alone.
 */
export function scaleWindows(graph: GraphWriter, window: Value, preprocessing: Preprocessing): ScaledWindows {
  const raw = graph.add('Cast', [window], 'window64', { to: elementTypes.double });
  const { mean, factor } = scalerOfRows(graph, raw, preprocessing);
  const centred = graph.add('Sub', [raw, mean], 'centred');
  const scaled = graph.add('Mul', [centred, factor], 'scaled64');
  return { raw, scaled: graph.add('Cast', [scaled], 'scaled', { to: elementTypes.float }) };
}

/** Mean and reciprocal scale: of each feature, [F], or with regimes of each feature in each row, [N, T, F]. */
interface RowScaler {
  readonly mean: Value;
  readonly factor: Value;
}

function scalerOfRows(graph: GraphWriter, raw: Value, { featureScaler, regimes, features }: Preprocessing): RowScaler {
  if (!regimes) return scalerTable(graph, [featureScaler], [features.length]);
  const table = scalerTable(graph, regimes.scalers, [regimes.scalers.length, features.length]);
  const regime = nearestCentre(graph, raw, regimes);
  return {
    mean: graph.add('Gather', [table.mean, regime], 'row_mean', { axis: 0 }),
    factor: graph.add('Gather', [table.factor, regime], 'row_factor', { axis: 0 }),
  };
}

function scalerTable(graph: GraphWriter, scalers: readonly StandardScaler[], dims: readonly number[]): RowScaler {
  const means = Float64Array.from(scalers.flatMap(({ mean }) => mean));
  const factors = Float64Array.from(
    scalers.flatMap(({ scale }) => scale),
    (value) => 1 / value,
  );
  return {
    mean: graph.constant('feature_mean', means, dims),
    factor: graph.constant('feature_factor', factors, dims),
  };
}

/**
 * argmin_k Σ_s (x_s − centre_ks)² / conditionScale_s² of each row, the first one at a tie, [N, T]. The sum runs over the first
 * axis, in order: the same bits as in training. Over any other axis onnxruntime 1.30 takes seven times as long.
 */
function nearestCentre(graph: GraphWriter, raw: Value, { conditionFeatures, conditionScale, centres }: Regimes): Value {
  const conditions = conditionScale.length;
  const inRows = graph.add('Gather', [raw, graph.integers(...conditionFeatures)], 'conditions_in_rows', { axis: 2 });
  const apart = graph.add('Transpose', [inRows], 'conditions_apart', { perm: [2, 0, 1] });
  const measured = graph.add('Unsqueeze', [apart, graph.integers(3)], 'conditions'); // [S, N, T, 1]
  const table = Float64Array.from(conditionScale.flatMap((_, s) => centres.map((centre) => centre[s]!)));
  const centreTable = graph.constant('regime_centres', table, [conditions, 1, 1, centres.length]);
  const difference = graph.add('Sub', [measured, centreTable], 'from_centres'); // [S, N, T, K]
  const squared = graph.add('Mul', [difference, difference], 'from_centres_squared');
  const weights = Float64Array.from(conditionScale, (scale) => 1 / (scale * scale));
  const weightTable = graph.constant('condition_weights', weights, [conditions, 1, 1, 1]);
  const weighted = graph.add('Mul', [squared, weightTable], 'weighted');
  const distances = graph.add('ReduceSum', [weighted, graph.integers(0)], 'distances', { keepdims: 0 }); // [N, T, K]
  return graph.add('ArgMin', [distances], 'regime', { axis: -1, keepdims: 0, select_last_index: 0 });
}
