import type { Preprocessing } from '@i-drill/core';
import * as tf from '@tensorflow/tfjs-core';

/** Raw windows as the caller has them. */
export interface RawWindows {
  /** Shape [count, length, features]. */
  readonly inputs: Float32Array;
  readonly count: number;
}

/** Scaled inputs of the chosen windows, time first, shape [T, B, F]: each step of a batch is one contiguous block. */
export function scaledInputs(
  windows: RawWindows,
  chosen: ArrayLike<number>,
  preprocessing: Preprocessing,
): tf.Tensor3D {
  const { windowLength: steps, features, featureScaler } = preprocessing;
  const width = features.length;
  const batch = chosen.length;
  const scaled = new Float32Array(steps * batch * width);
  for (let b = 0; b < batch; b++) {
    const from = chosen[b]! * steps * width;
    for (let k = 0; k < steps * width; k++) {
      const t = Math.floor(k / width);
      const column = k - t * width;
      const z = (windows.inputs[from + k]! - featureScaler.mean[column]!) / featureScaler.scale[column]!;
      scaled[(t * batch + b) * width + column] = z;
    }
  }
  return tf.tensor3d(scaled, [steps, batch, width]);
}

/** Scaled targets of all windows: z = (target − anchor − mean) / scale, shape [count]. */
export function scaledTargets(
  windows: RawWindows & { readonly targets: Float32Array },
  preprocessing: Preprocessing,
): Float32Array {
  const { mean, scale } = preprocessing.targetScaler;
  return windows.targets.map(
    (target, index) => (target - anchorOf(windows, index, preprocessing) - mean[0]!) / scale[0]!,
  );
}

/** Network outputs in target units, anchor added. */
export function unscaledOutputs(
  outputs: Float32Array,
  windows: RawWindows,
  preprocessing: Preprocessing,
): Float32Array {
  const { mean, scale } = preprocessing.targetScaler;
  return outputs.map((output, index) => mean[0]! + scale[0]! * output + anchorOf(windows, index, preprocessing));
}

function anchorOf(windows: RawWindows, index: number, preprocessing: Preprocessing): number {
  const { anchorFeature, features, windowLength } = preprocessing;
  if (anchorFeature === undefined) return 0;
  const lastRow = (index + 1) * windowLength - 1;
  return windows.inputs[lastRow * features.length + anchorFeature]!;
}
