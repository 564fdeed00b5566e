import type { FeatureSpec, SequenceTask } from './sensor-dataset.js';

/**
 * Everything between sensor rows and the model, as it was fitted on the training part. Stored beside the ONNX file as
 * `preprocessing.json`; the scaling itself is inside the graph, so that a caller sends raw values.
 */
export interface Preprocessing {
  readonly formatVersion: 1;
  readonly task: SequenceTask;
  /** Model inputs, in column order. */
  readonly features: readonly FeatureSpec[];
  readonly target: FeatureSpec;
  /** Rows per window. */
  readonly windowLength: number;
  /** Units shorter than a window are padded on the left with their first row. */
  readonly padding: 'repeat-first-row';
  /** z = (x − mean) / scale per feature, fitted on the training part only. */
  readonly featureScaler: StandardScaler;
  /** The same for the target, one entry. With an anchor: for the difference target − anchor. */
  readonly targetScaler: StandardScaler;
  /** Labels were cut at this value in training; the model cannot predict more. */
  readonly targetCap?: number;
  /** Index of the feature whose last value in the window is added to the output. */
  readonly anchorFeature?: number;
  /** Operating conditions, each with a feature scaler of its own. Absent: `featureScaler` scales every row. */
  readonly regimes?: Regimes;
  /** Names of the classes where the task is `window-class`; the target scaler is then 0 and 1. */
  readonly classes?: readonly string[];
}

/**
 * Operating conditions as they were found on the training part. A row is scaled by the scaler of the nearest centre,
 * argmin_k Σ_s ((x_s − centre_ks) / conditionScale_s)², the first one at a tie.
 */
export interface Regimes {
  /** Indexes of the features that tell the condition, shape [S]. */
  readonly conditionFeatures: readonly number[];
  /** What distances are measured in per condition feature, shape [S]. */
  readonly conditionScale: readonly number[];
  /** Shape [K][S], raw values. */
  readonly centres: readonly (readonly number[])[];
  /** Shape [K]; each has an entry per feature of the model. */
  readonly scalers: readonly StandardScaler[];
}

/** z = (x − mean) / scale. A constant feature has scale 1. */
export interface StandardScaler {
  readonly mean: readonly number[];
  readonly scale: readonly number[];
}
