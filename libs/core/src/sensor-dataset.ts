/** One input or output column of a model. */
export interface FeatureSpec {
  readonly name: string;
  /** Unit as written in the data, `-` where there is none. */
  readonly unit: string;
}

/** What a sequence model predicts: remaining useful life, rate of penetration one step ahead, or the class of a window. */
export type SequenceTask = 'remaining-useful-life' | 'rate-of-penetration' | 'window-class';

/**
 * Consecutive, equally spaced rows of one unit (an engine, a well section, a bit run). Windows never cross segments.
 */
export interface SensorSegment {
  /** The thing that is one independent observation: engine, well, bit run. */
  readonly unit: string;
  /** Units of one group are never separated by a split (for example two wells that share rows). Default: the unit. */
  readonly group?: string;
  /** Row-major values, shape [rows, features]. NaN where a sensor gave nothing. */
  readonly features: Float64Array;
  /** The value to predict at each row, shape [rows]. NaN where the row has none. */
  readonly target: Float64Array;
  readonly rows: number;
}

/** Sensor data of many units with one schema. */
export interface SensorDataset {
  readonly name: string;
  readonly task: SequenceTask;
  readonly features: readonly FeatureSpec[];
  readonly target: FeatureSpec;
  readonly segments: readonly SensorSegment[];
  /** Where it came from: a path relative to the data folder, or `simulated`. */
  readonly source: string;
  /** SHA-256 over schema and values, hex. */
  readonly fingerprint: string;
  /** Index of the feature whose last value the model's output is added to (hold-last residual), if any. */
  readonly anchorFeature?: number;
  /** Indexes of the features that say under which operating condition a row was measured (altitude, Mach number), if any. */
  readonly conditionFeatures?: readonly number[];
  /** Names of the classes where the task is `window-class`: the target is an index into it. */
  readonly classes?: readonly string[];
  /** Known in advance: the first rows every model is to be judged on, `last` = only the last row of each unit. */
  readonly evaluateOn: 'every-row' | 'last-row';
}

/** A data set in parts that share no group. */
export interface SplitDataset {
  readonly train: SensorDataset;
  /** Says when to stop training, and which epoch was best. */
  readonly validation: SensorDataset;
  /** What intervals of predictions are calibrated on. Absent: predictions have none. */
  readonly calibration?: SensorDataset;
  /** What the finished model is judged on. */
  readonly test: SensorDataset;
}
