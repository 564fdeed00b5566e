import type { MlmodelJson } from '../model/mlmodel.js';
import type { Filter } from '../search/filter-builder.js';
import type { LifecycleStage, ViewType } from './experiments.js';
import type { Metric } from './metrics.js';
import type { Paged } from './paged.js';

/** How a run stands. `FINISHED`, `FAILED` and `KILLED` are final. */
export type RunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';

/** A dataset that went into a run. */
export interface DatasetInput {
  readonly name: string;
  /** At most 36 characters. */
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema?: string;
  readonly profile?: string;
  /** What the run used it for: `training`, `validation`, … (the tag `mlflow.data.context`). */
  readonly context?: string;
}

/** A logged model that a run made. */
export interface ModelOutput {
  readonly modelId: string;
  readonly step: number;
}

/** One execution: what was set, what was measured, from which data. */
export interface Run {
  readonly runId: string;
  readonly runName: string;
  readonly experimentId: string;
  /** Empty when the store does not know. */
  readonly userId: string;
  readonly status: RunStatus;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  readonly endTime?: number;
  readonly artifactUri: string;
  readonly lifecycleStage: LifecycleStage;
  /** The latest point of each metric: highest step, then timestamp, then value. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly inputs: readonly DatasetInput[];
  /** Ids of the logged models that went into the run. */
  readonly modelInputs: readonly string[];
  readonly modelOutputs: readonly ModelOutput[];
}

/** A run to be started. */
export interface CreateRun {
  readonly experimentId: string;
  /** @default a name made by the store */
  readonly runName?: string;
  /** Milliseconds since 1970. @default now */
  readonly startTime?: number;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What changes about a run. */
export interface RunUpdate {
  readonly status?: RunStatus;
  /** Milliseconds since 1970. @default now, when `status` is final */
  readonly endTime?: number;
  readonly runName?: string;
}

/** Metrics, params and tags of one run, of any number. */
export interface RunBatch {
  readonly metrics?: readonly Metric[];
  /** Immutable: another value for a known key is refused. */
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Which runs to find. */
export interface RunSearch {
  readonly experimentIds: readonly string[];
  /** MLflow's filter language, e.g. `metrics.rmse < 10 and tags.kind = 'final'`, or what `runFilter` builds. */
  readonly filter?: string | Filter<'runs'>;
  /** E.g. `['metrics.rmse ASC']`. @default newest first */
  readonly orderBy?: readonly string[];
  /** @default 'ACTIVE_ONLY' */
  readonly viewType?: ViewType;
}

/** A dataset as it stands in the runs of some experiments. */
export interface DatasetSummary {
  readonly experimentId: string;
  readonly name: string;
  readonly digest: string;
  readonly context?: string;
}

/** Runs of a store, and what they log. */
export interface RunMethods {
  createRun(run: CreateRun): Promise<Run>;
  getRun(runId: string): Promise<Run>;
  /** A final run is resumed by the status `RUNNING`. */
  updateRun(runId: string, update: RunUpdate): Promise<void>;
  deleteRun(runId: string): Promise<void>;
  restoreRun(runId: string): Promise<void>;
  searchRuns(search: RunSearch): Paged<Run>;
  /** Not atomic: params are written first, then metrics, then tags, in pieces the server accepts. */
  logBatch(runId: string, batch: RunBatch): Promise<void>;
  logMetric(runId: string, metric: Metric): Promise<void>;
  logParam(runId: string, key: string, value: string): Promise<void>;
  setTag(runId: string, key: string, value: string): Promise<void>;
  /** An absent tag is RESOURCE_DOES_NOT_EXIST, as on a server. */
  deleteTag(runId: string, key: string): Promise<void>;
  logInputs(runId: string, datasets: readonly DatasetInput[], modelIds?: readonly string[]): Promise<void>;
  /** Servers before 3.0 cannot: MLFLOW_UNSUPPORTED. */
  logOutputs(runId: string, models: readonly ModelOutput[]): Promise<void>;
  /** Announces a model whose files lie among the artifacts of the run (MLflow 2; servers of version 3 take it too). */
  recordModel(runId: string, mlmodel: MlmodelJson): Promise<void>;
  /** The datasets that the runs of these experiments used, at most 1000. */
  searchDatasets(experimentIds: readonly string[]): Promise<DatasetSummary[]>;
}
