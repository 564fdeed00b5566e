import type { Preprocessing, Regimes, StandardScaler } from '@i-drill/core';
import { elementTypes } from '../format/messages.js';
import type { GraphWriter, Value } from './graph-writer.js';

/** The same windows [N, T, F] three times. */
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

/** argmin_k Σ_s (x_s − centre_ks)² / conditionScale_s² of each row, the first one at a tie, [N, T]. */
function nearestCentre(graph: GraphWriter, raw: Value, regimes: Regimes): Value {
  const { conditionFeatures, conditionScale, centres } = regimes;
  const conditions = graph.add('Gather', [raw, graph.integers(...conditionFeatures)], 'conditions', { axis: 2 });
  const beside = graph.add('Unsqueeze', [conditions, graph.integers(2)], 'beside_centres'); // [N, T, 1, S]
  const dims = [centres.length, conditionScale.length];
  const table = graph.constant('regime_centres', Float64Array.from(centres.flat()), dims);
  const difference = graph.add('Sub', [beside, table], 'from_centres'); // [N, T, K, S]
  const squared = graph.add('Mul', [difference, difference], 'from_centres_squared');
  const weights = Float64Array.from(conditionScale, (scale) => 1 / (scale * scale));
  const distances = graph.add('MatMul', [squared, graph.constant('condition_weights', weights)], 'distances'); // [N, T, K]
  return graph.add('ArgMin', [distances], 'regime', { axis: -1, keepdims: 0, select_last_index: 0 });
}
