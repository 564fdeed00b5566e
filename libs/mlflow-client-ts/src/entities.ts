/** `active`, or `deleted`: kept by the store until it is collected, closed to writing. */
export type LifecycleStage = 'active' | 'deleted';

/** How a run stands. `FINISHED`, `FAILED` and `KILLED` are final. */
export type RunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';

/** The four stages of a model version; MLflow allows no others. */
export type ModelStage = 'None' | 'Staging' | 'Production' | 'Archived';

/** A named group of runs. */
export interface Experiment {
  readonly experimentId: string;
  readonly name: string;
  readonly artifactLocation: string;
  readonly lifecycleStage: LifecycleStage;
  readonly tags: Readonly<Record<string, string>>;
}

/** One point of a metric. */
export interface Metric {
  readonly key: string;
  /** May be NaN or infinite: both stores keep them. */
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly step: number;
}

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

/** One execution: what was set, what was measured, from which data. */
export interface Run {
  readonly runId: string;
  readonly runName: string;
  readonly experimentId: string;
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
}

/** A file or folder among the artifacts of a run. */
export interface ArtifactFile {
  /** Relative to the artifact root of the run, with `/`. */
  readonly path: string;
  readonly isDirectory: boolean;
  /** 0 for folders. */
  readonly sizeBytes: number;
}

/** A name under which model versions are registered. */
export interface RegisteredModel {
  readonly name: string;
  readonly description: string;
  readonly creationTimestamp: number;
  readonly lastUpdatedTimestamp: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Alias to version number. */
  readonly aliases: Readonly<Record<string, string>>;
}

/** One registered version of a model. */
export interface ModelVersion {
  readonly name: string;
  /** Decimal number as text: `1`, `2`, … in order of creation. */
  readonly version: string;
  readonly currentStage: ModelStage;
  readonly source: string;
  readonly runId: string;
  /** `READY` once it can be loaded. */
  readonly status: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Sorted by name. */
  readonly aliases: readonly string[];
  readonly creationTimestamp: number;
  readonly lastUpdatedTimestamp: number;
}
