import type {
  ArtifactFile,
  DatasetInput,
  Experiment,
  Metric,
  ModelStage,
  ModelVersion,
  RegisteredModel,
  Run,
  RunStatus,
} from './entities.js';
import type { MlmodelJson } from './model/mlmodel.js';

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
  /** MLflow's filter language, e.g. `metrics.rmse < 10 and tags.kind = 'final'`. */
  readonly filter?: string;
  /** The most runs to return. @default all */
  readonly maxResults?: number;
  /** E.g. `['metrics.rmse ASC']`. @default newest first */
  readonly orderBy?: readonly string[];
}

/** A model version to be registered. */
export interface CreateModelVersion {
  readonly name: string;
  /** Where the model files are: `runs:/<run id>/<path>` or an artifact URI of the run. */
  readonly source: string;
  readonly runId: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly description?: string;
}

/** Experiments of a store. */
export interface ExperimentMethods {
  /** The id of the experiment of that name, created when absent. A deleted one is refused. */
  ensureExperiment(name: string): Promise<string>;
  /** Finds deleted experiments as well: look at `lifecycleStage`. */
  findExperimentByName(name: string): Promise<Experiment | undefined>;
}

/** Runs of a store, and what they log. */
export interface RunMethods {
  createRun(run: CreateRun): Promise<Run>;
  getRun(runId: string): Promise<Run>;
  updateRun(runId: string, update: RunUpdate): Promise<void>;
  /** Not atomic: params are written first, then metrics, then tags, in pieces the server accepts. */
  logBatch(runId: string, batch: RunBatch): Promise<void>;
  logInputs(runId: string, datasets: readonly DatasetInput[]): Promise<void>;
  /** Every point of a metric by step, then timestamp; a point written twice counts once; empty when there is none. */
  getMetricHistory(runId: string, key: string): Promise<Metric[]>;
  searchRuns(search: RunSearch): Promise<Run[]>;
  /** Announces a model whose files lie among the artifacts of the run. */
  logModel(runId: string, mlmodel: MlmodelJson): Promise<void>;
}

/** Files of a run. */
export interface ArtifactMethods {
  uploadArtifact(runId: string, path: string, content: Uint8Array | string): Promise<void>;
  downloadArtifact(runId: string, path: string): Promise<Uint8Array>;
  /** One level, by path; empty when the path is a file or nothing. */
  listArtifacts(runId: string, path?: string): Promise<ArtifactFile[]>;
}

/** The model registry. */
export interface RegistryMethods {
  ensureRegisteredModel(name: string): Promise<void>;
  findRegisteredModel(name: string): Promise<RegisteredModel | undefined>;
  createModelVersion(version: CreateModelVersion): Promise<ModelVersion>;
  getModelVersion(name: string, version: string): Promise<ModelVersion>;
  /** Every version, highest number first, with its aliases; empty when the name is unknown. */
  searchModelVersions(name: string): Promise<ModelVersion[]>;
  findModelVersionByAlias(name: string, alias: string): Promise<ModelVersion | undefined>;
  setModelVersionTag(name: string, version: string, key: string, value: string): Promise<void>;
  /** `archiveExisting` moves the versions that hold the stage to `Archived`; only for `Staging` and `Production`. */
  transitionModelVersionStage(
    name: string,
    version: string,
    stage: ModelStage,
    archiveExisting: boolean,
  ): Promise<ModelVersion>;
  /** Moves the alias when another version has it. */
  setRegisteredModelAlias(name: string, alias: string, version: string): Promise<void>;
  /** Deleting an absent alias is no error. */
  deleteRegisteredModelAlias(name: string, alias: string): Promise<void>;
}

/**
 * Tracking and registry of MLflow. The REST client and the embedded file store behave alike, down to the codes of their
 * errors; one contract suite runs against both.
 */
export interface MlflowClient extends ExperimentMethods, RunMethods, ArtifactMethods, RegistryMethods {
  /** As given, without credentials. */
  readonly trackingUri: string;
  /** `undefined` for the file store. */
  serverVersion(): Promise<string | undefined>;
}
