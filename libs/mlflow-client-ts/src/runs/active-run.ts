import type { ModelVersion } from '../api/model-versions.js';
import type { DatasetInput } from '../api/runs.js';
import type { LogModelOptions } from '../model/log-model-options.js';
import type { LogOnnxModelOptions } from '../model/onnx-model-content.js';
import type { ParamValue } from './param-text.js';
import type { FinalStatus, RunStartOptions } from './run-options.js';
import type { TableData } from './table.js';

/** What a point of a metric carries beside its value. */
export interface MetricOptions {
  /**
   * Without it, the step after the highest of this key so far, and 0 for the first. (Python's client logs step 0 each time.) A key that a resumed
   * run has already needs it.
   */
  readonly step?: number;
  /** Milliseconds since 1970. @default now */
  readonly timestamp?: number;
  /** The dataset it was measured on. */
  readonly dataset?: Pick<DatasetInput, 'name' | 'digest'>;
  /** The logged model that was measured. */
  readonly modelId?: string;
}

/** A model that was logged. */
export interface LoggedModelResult {
  /** `models:/m-…` of a logged model, else `runs:/<run id>/<name>`. Absent when the store cannot be reached: the model waits in the journal. */
  readonly modelUri?: string;
  /** Where the store has logged models. */
  readonly modelId?: string;
  /** When it was registered. */
  readonly version?: ModelVersion;
}

/**
 * A run that is being written. Everything is journalled on this machine first and shipped to the store in the background, so calls neither wait for
 * the store nor fail with it; wrong arguments are refused by the call itself. What the store refuses later is thrown by `drain`, `end` and `logModel`.
 *
 * Metrics, params and tags are buffered (`maxBuffered` items, `flushMs`); a full buffer is written to the journal within the call that fills it. That
 * is the back-pressure: a program that logs faster than the disk writes is slowed down, and memory stays bounded.
 *
 * `await using` ends the run as FINISHED, whatever ended the block: JavaScript does not tell it. `withRun` knows.
 */
export interface ActiveRun extends AsyncDisposable {
  /** The store's id; while the store cannot be reached one of this machine's own, `offline-…`. */
  readonly runId: string;
  /** `options.signal`, or one that never aborts. */
  readonly signal: AbortSignal;

  logMetric(key: string, value: number, options?: MetricOptions): void;
  logMetrics(values: Readonly<Record<string, number>>, options?: MetricOptions): void;
  /** As text, see `paramText`. A param cannot change: another value for a known key is refused. */
  logParam(key: string, value: ParamValue): void;
  logParams(values: Readonly<Record<string, ParamValue>>): void;
  setTag(key: string, value: string): void;
  setTags(tags: Readonly<Record<string, string>>): void;
  /** The store refuses to delete a tag that the run does not have. */
  deleteTag(key: string): void;

  logText(path: string, text: string): void;
  /** YAML for `.yaml` and `.yml`, else JSON; NaN becomes the text `"NaN"`. */
  logDict(path: string, value: object): void;
  /**
   * A table in MLflow's format, for `mlflow.load_table`; the path ends in `.json`. Rows are added to what this run has at the path. The whole file is
   * written each time and kept in memory for the next: log many rows at once.
   */
  logTable(path: string, data: TableData): Promise<void>;
  /** SVG as text or bytes to a path that ends in `.svg`, PNG bytes to one that ends in `.png`. */
  logFigure(path: string, content: Uint8Array | string): void;
  /** Copies a file of this machine. @param folder among the artifacts */
  logArtifact(localFile: string, folder?: string): Promise<void>;
  /** Copies every file below a folder of this machine; links are followed. @param folder among the artifacts */
  logArtifacts(localFolder: string, folder?: string): Promise<void>;
  logInput(dataset: DatasetInput): void;
  logInputs(datasets: readonly DatasetInput[], modelIds?: readonly string[]): void;

  /** Logs a model folder, registers it when asked, and waits for the store. */
  logModel(options: LogModelOptions): Promise<LoggedModelResult>;
  /** Logs an ONNX model, with the files MLflow needs to load and serve it. */
  logOnnxModel(options: LogOnnxModelOptions): Promise<LoggedModelResult>;

  /** Everything logged so far is on the disk of this machine: not even a `kill -9` loses it. */
  flush(): Promise<void>;
  /** Waits until the store has everything logged so far: `true`; `false` when it cannot be reached. */
  drain(): Promise<boolean>;
  /**
   * Ends the run and waits until the store has everything, unless it cannot be reached. A second call changes nothing. Logging afterwards is refused.
   *
   * @default 'FINISHED'
   */
  end(status?: FinalStatus): Promise<void>;

  /** `withRun` for a run below this one, in the same experiment; `signal`, buffering and `environmentTags` are those of this run unless given. */
  withRun<T>(options: RunStartOptions, work: (run: ActiveRun) => Promise<T> | T): Promise<T>;
  /** `startRun` for a run below this one, in the same experiment. */
  startRun(options?: RunStartOptions): Promise<ActiveRun>;
}
