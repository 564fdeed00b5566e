import type { Preprocessing } from '@i-drill/core';
import * as tf from '@tensorflow/tfjs-core';
import { rowScaler } from './row-scaler.js';

/** Raw windows as the caller has them. */
export interface RawWindows {
  /** Shape [count, length, features]. */
  readonly inputs: Float32Array;
  readonly count: number;
}

/** Scaled inputs of a batch, time first, shape [T, B, F]: each step of a batch is one contiguous block. */
export function scaledBatch({ inputs, count }: RawWindows, preprocessing: Preprocessing): tf.Tensor3D {
  const { windowLength, features } = preprocessing;
  const scaleRow = rowScaler(preprocessing);
  const width = features.length;
  const scaled = new Float32Array(count * windowLength * width);
  let start = 0;
  for (let b = 0; b < count; b++) {
    for (let t = 0; t < windowLength; t++) {
      scaleRow(inputs, start, scaled, (t * count + b) * width);
      start += width;
    }
  }
  return tf.tensor3d(scaled, [windowLength, count, width]);
}

/** Scaled targets: z = (target − anchor − mean) / scale, shape [count]. */
export function scaledTargets(
  windows: RawWindows & { readonly targets: Float32Array },
  preprocessing: Preprocessing,
): Float32Array {
  const { mean, scale } = preprocessing.targetScaler;
  return windows.targets.map(
    (target, index) => (target - anchorOf(windows, index, preprocessing) - mean[0]!) / scale[0]!,
  );
}

/** One output column in target units, anchor added, shape [count]: mean + scale · output + anchor. */
export function unscaled(outputs: Float32Array, windows: RawWindows, preprocessing: Preprocessing): Float32Array {
  const { mean, scale } = preprocessing.targetScaler;
  return outputs.map((output, index) => mean[0]! + scale[0]! * output + anchorOf(windows, index, preprocessing));
}

function anchorOf(windows: RawWindows, index: number, preprocessing: Preprocessing): number {
  const { anchorFeature, features, windowLength } = preprocessing;
  if (anchorFeature === undefined) return 0;
  const lastRow = (index + 1) * windowLength - 1;
  return windows.inputs[lastRow * features.length + anchorFeature]!;
}
