import * as tf from '@tensorflow/tfjs-core';
import { requireBackend } from '../backend/require-backend.js';
import { buildNetwork } from '../sequence/build-network.js';
import { toTensors } from '../sequence/network-weights.js';
import { pointColumn } from '../sequence/output-columns.js';
import type { SequenceModel } from '../sequence/sequence-model.js';
import { requireMatchingWindows } from './check-windows.js';
import { softmax } from './losses.js';
import { networkOutputs, windowsPerPass } from './network-outputs.js';
import { namedIfOutOfMemory } from './out-of-memory.js';
import { unscaled, type RawWindows } from './scaled-windows.js';

/** What a model says about some windows. */
export interface PredictedOutputs {
  /** The point in target units (the median where there is no point), or the index of the most probable class, shape [count]. */
  readonly prediction: Float32Array;
  /** One per column of the model, shape [count]: points and quantiles in target units, classes as probabilities. */
  readonly columns: readonly Float32Array[];
}

/**
 * Predictions for raw windows, shape [count]: in target units, or the index of the most probable class.
 *
 * @throws RangeError for windows of another shape than the model was trained on
 * @throws TrainingError `TRAINING_NO_BACKEND` before `selectBackend`, `TRAINING_OUT_OF_MEMORY`
 *
 * @example
 * ```ts
 * import { predictWindows, selectBackend } from '@i-drill/training';
 * await selectBackend(['cpu']);
 * const model = {
 *   architecture: { type: 'lstm', hiddenSize: 1, numLayers: 1, dropout: 0 },
 *   preprocessing: {
 *     formatVersion: 1, task: 'remaining-useful-life', features: [{ name: 'torque', unit: 'kN.m' }],
 *     target: { name: 'life', unit: 'h' }, windowLength: 2, padding: 'repeat-first-row',
 *     featureScaler: { mean: [9], scale: [2] }, targetScaler: { mean: [20], scale: [8] },
 *   },
 *   columns: [{ kind: 'point' }],
 *   members: [
 *     [
 *       { name: 'lstm0.weights', shape: [3, 4], values: new Float32Array(12) },
 *       { name: 'head.kernel', shape: [1, 1], values: new Float32Array(1) },
 *       { name: 'head.bias', shape: [1], values: Float32Array.of(0.5) },
 *     ],
 *   ],
 * } as const;
 * Array.from(predictWindows(model, { count: 1, inputs: Float32Array.of(8, 9) })); // => [24]
 * ```
 */
export function predictWindows(model: SequenceModel, windows: RawWindows): Float32Array {
  return predictOutputs(model, windows).prediction;
}

/**
 * All that a model says about raw windows. Members of an ensemble are averaged: their outputs, or for classes their
 * probabilities. Windows are computed 512 at a time.
 *
 * @throws RangeError for windows of another shape than the model was trained on
 * @throws TrainingError `TRAINING_NO_BACKEND` before `selectBackend`, `TRAINING_OUT_OF_MEMORY`
 *
 * @example
 * ```ts
 * import { predictOutputs, selectBackend } from '@i-drill/training';
 * await selectBackend(['cpu']);
 * const model = {
 *   architecture: { type: 'lstm', hiddenSize: 1, numLayers: 1, dropout: 0 },
 *   preprocessing: {
 *     formatVersion: 1, task: 'remaining-useful-life', features: [{ name: 'torque', unit: 'kN.m' }],
 *     target: { name: 'life', unit: 'h' }, windowLength: 2, padding: 'repeat-first-row',
 *     featureScaler: { mean: [9], scale: [2] }, targetScaler: { mean: [20], scale: [8] },
 *   },
 *   columns: [{ kind: 'point' }, { kind: 'quantile', level: 0.9 }],
 *   members: [
 *     [
 *       { name: 'lstm0.weights', shape: [3, 4], values: new Float32Array(12) },
 *       { name: 'head.kernel', shape: [1, 2], values: new Float32Array(2) },
 *       { name: 'head.bias', shape: [2], values: Float32Array.of(0.5, 2) },
 *     ],
 *   ],
 * } as const;
 * const { columns } = predictOutputs(model, { count: 1, inputs: Float32Array.of(8, 9) });
 * columns.map((column) => Array.from(column)); // => [[24], [36]]
 * ```
 */
export function predictOutputs(model: SequenceModel, windows: RawWindows): PredictedOutputs {
  requireBackend('predict');
  requireMatchingWindows(windows, model.preprocessing);
  const classifies = model.columns[0]?.kind === 'class';
  const outputs = memberMean(model, windows, classifies ? classProbabilities : (scaled) => scaled);
  const columns = model.columns.map((_, column) => columnOf(outputs, column, model.columns.length));
  if (classifies) return { prediction: mostProbable(columns, windows.count), columns };
  const inUnits = columns.map((column) => unscaled(column, windows, model.preprocessing));
  return { prediction: inUnits[pointColumn(model.columns)]!, columns: inUnits };
}

type Transform = (outputs: Float32Array, width: number) => Float32Array;

function memberMean(model: SequenceModel, windows: RawWindows, transform: Transform): Float32Array {
  try {
    return computedMean(model, windows, transform);
  } catch (error) {
    const { windowLength } = model.preprocessing;
    throw namedIfOutOfMemory(error, { action: 'predict', batchSize: windowsPerPass, windowLength });
  }
}

/** Mean over the members of what is made of their outputs, shape [count, O]. */
function computedMean(model: SequenceModel, windows: RawWindows, transform: Transform): Float32Array {
  const { architecture, preprocessing, columns, members } = model;
  const { windowLength, features } = preprocessing;
  const network = buildNetwork(architecture, { windowLength, features: features.length, outputs: columns.length });
  const sums = new Float64Array(windows.count * columns.length);
  for (const member of members) {
    const weights = toTensors(member);
    try {
      const outputs = transform(networkOutputs({ network, weights }, windows, preprocessing), columns.length);
      for (let k = 0; k < sums.length; k++) sums[k]! += outputs[k]!;
    } finally {
      tf.dispose(weights);
    }
  }
  return Float32Array.from(sums, (sum) => sum / members.length);
}

function classProbabilities(logits: Float32Array, width: number): Float32Array {
  const probabilities = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += width) {
    probabilities.set(softmax(logits.subarray(start, start + width)).values, start);
  }
  return probabilities;
}

function columnOf(table: Float32Array, column: number, width: number): Float32Array {
  return Float32Array.from({ length: table.length / width }, (_, row) => table[row * width + column]!);
}

/** The first one at a tie; NaN where a window holds NaN. */
function mostProbable(probabilities: readonly Float32Array[], count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, row) => {
    const shares = probabilities.map((column) => column[row]!);
    return shares.some(Number.isNaN) ? Number.NaN : shares.indexOf(Math.max(...shares));
  });
}
