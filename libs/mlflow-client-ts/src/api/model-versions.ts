import type { Filter } from '../search/filter-builder.js';
import type { Paged } from './paged.js';

/** The four stages of a model version; MLflow allows no others. Aliases are their modern form. */
export type ModelStage = 'None' | 'Staging' | 'Production' | 'Archived';

/** One registered version of a model. */
export interface ModelVersion {
  readonly name: string;
  /** Decimal number as text: `1`, `2`, … in order of creation. */
  readonly version: string;
  readonly currentStage: ModelStage;
  readonly source: string;
  /** Empty when no run made it. */
  readonly runId: string;
  /** `READY` once it can be loaded. */
  readonly status: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Sorted by name. */
  readonly aliases: readonly string[];
  /** Milliseconds since 1970. */
  readonly creationTimestamp: number;
  /** Milliseconds since 1970. */
  readonly lastUpdatedTimestamp: number;
}

/** A model version to be registered. */
export interface CreateModelVersion {
  readonly name: string;
  /** Where the model files are: `runs:/<run id>/<path>`, `models:/m-…`, or an artifact URI of the run. */
  readonly source: string;
  readonly runId?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly description?: string;
  /** The logged model, for MLflow 3. */
  readonly modelId?: string;
}

/** Which versions to find. */
export interface ModelVersionSearch {
  /** Attributes name, version_number, run_id, source_path; tags. */
  readonly filter?: string | Filter<'modelVersions'>;
  /** By `name`, `version_number`, `creation_timestamp` or `last_updated_timestamp`. @default last updated first */
  readonly orderBy?: readonly string[];
}

/** Versions of registered models, as they are found. */
export interface ModelVersionReading {
  getModelVersion(name: string, version: string): Promise<ModelVersion>;
  /** Every version of one model, highest number first, with its aliases; empty when the name is unknown. */
  listModelVersions(name: string): Promise<ModelVersion[]>;
  /** Versions of any model, with their aliases, which a server leaves out. */
  searchModelVersions(search?: ModelVersionSearch): Paged<ModelVersion>;
  findModelVersionByAlias(name: string, alias: string): Promise<ModelVersion | undefined>;
  /** Where its files are, as a URI. */
  getModelVersionDownloadUri(name: string, version: string): Promise<string>;
}

/** Versions of registered models. */
export interface ModelVersionMethods extends ModelVersionReading {
  createModelVersion(version: CreateModelVersion): Promise<ModelVersion>;
  /** Replaces the description. */
  updateModelVersion(name: string, version: string, description: string): Promise<ModelVersion>;
  /** Its aliases are deleted first: a server would leave them dangling. */
  deleteModelVersion(name: string, version: string): Promise<void>;
  setModelVersionTag(name: string, version: string, key: string, value: string): Promise<void>;
  /** Deleting an absent tag is no error. */
  deleteModelVersionTag(name: string, version: string, key: string): Promise<void>;
  /** `archiveExisting` moves the versions that hold the stage to `Archived`; only for `Staging` and `Production`. */
  transitionModelVersionStage(
    name: string,
    version: string,
    stage: ModelStage,
    archiveExisting: boolean,
  ): Promise<ModelVersion>;
}
