import type { Filter } from '../search/filter-builder.js';
import type { RunMetric } from './metrics.js';
import type { Paged } from './paged.js';

/** How the upload of a logged model stands. */
export type LoggedModelStatus = 'PENDING' | 'READY' | 'UPLOAD_FAILED';

/** A model as MLflow 3 keeps it: apart from the run that made it, with metrics of its own. */
export interface LoggedModel {
  /** `m-` and 32 hexadecimal digits. */
  readonly modelId: string;
  readonly experimentId: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly creationTimestamp: number;
  /** Milliseconds since 1970. */
  readonly lastUpdatedTimestamp: number;
  readonly artifactUri: string;
  readonly status: LoggedModelStatus;
  /** Empty when none was given. */
  readonly modelType: string;
  /** Empty when no run made it. */
  readonly sourceRunId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  /** The latest point per metric and dataset, logged by `logBatch` with `modelId`. */
  readonly metrics: readonly RunMetric[];
}

/** A logged model to be made. */
export interface CreateLoggedModel {
  readonly experimentId: string;
  /** Without `/ : . % " '`. @default a name made by the store */
  readonly name?: string;
  readonly modelType?: string;
  readonly sourceRunId?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A key by which logged models are put in order. */
export interface LoggedModelOrder {
  /** An attribute such as `creation_timestamp`, or `metrics.<key>`. */
  readonly fieldName: string;
  /** @default true */
  readonly ascending?: boolean;
  /** Binds a metric to one dataset. */
  readonly datasetName?: string;
  readonly datasetDigest?: string;
}

/** Which logged models to find. */
export interface LoggedModelSearch {
  readonly experimentIds: readonly string[];
  readonly filter?: string | Filter<'loggedModels'>;
  /**
   * Metrics in the filter mean those measured on one of these datasets. Give the digest: without it a server means points that have none, the
   * embedded store any.
   */
  readonly datasets?: readonly { readonly name: string; readonly digest?: string }[];
  /** @default newest first */
  readonly orderBy?: readonly LoggedModelOrder[];
}

/** Logged models of a store. Servers before 3.0 have none: MLFLOW_UNSUPPORTED. */
export interface LoggedModelMethods {
  /** Its status is `PENDING` until `finalizeLoggedModel`. */
  createLoggedModel(model: CreateLoggedModel): Promise<LoggedModel>;
  finalizeLoggedModel(modelId: string, status: 'READY' | 'UPLOAD_FAILED'): Promise<LoggedModel>;
  getLoggedModel(modelId: string): Promise<LoggedModel>;
  deleteLoggedModel(modelId: string): Promise<void>;
  searchLoggedModels(search: LoggedModelSearch): Paged<LoggedModel>;
  setLoggedModelTags(modelId: string, tags: Readonly<Record<string, string>>): Promise<void>;
  deleteLoggedModelTag(modelId: string, key: string): Promise<void>;
  logLoggedModelParams(modelId: string, params: Readonly<Record<string, string>>): Promise<void>;
}
