import type { ModelStage, ModelVersion } from './model-version.js';

/** What a new version is made of. */
export interface NewModelVersion {
  readonly name: string;
  readonly source: string;
  readonly runId: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly description?: string;
}

/**
 * The port to where versions are kept. `MlflowClient` of `mlflow-client-ts` fits it as it is; every implementation runs
 * `versionStoreContract` of `@i-drill/registry/testing`.
 *
 * What does not exist is reported by a rejection whose `code` is `RESOURCE_DOES_NOT_EXIST`; only `find…` answers `undefined`.
 */
export interface VersionStore {
  /** Creates the registered model unless it is there. */
  ensureRegisteredModel(name: string): Promise<void>;
  /** Numbers count up from 1 and are never reused. */
  createModelVersion(version: NewModelVersion): Promise<ModelVersion>;
  getModelVersion(name: string, version: string): Promise<ModelVersion>;
  /** All versions, highest number first, each with its aliases; empty for an unknown name. */
  listModelVersions(name: string): Promise<readonly ModelVersion[]>;
  findModelVersionByAlias(name: string, alias: string): Promise<ModelVersion | undefined>;
  /** Sets or replaces one tag; values of up to 100 000 characters are kept whole. */
  setModelVersionTag(name: string, version: string, key: string, value: string): Promise<void>;
  /** With `archiveExisting`, every other version in that stage goes to Archived; only legal for Staging and Production. */
  transitionModelVersionStage(
    name: string,
    version: string,
    stage: ModelStage,
    archiveExisting: boolean,
  ): Promise<ModelVersion>;
  /** Moves the alias when another version has it. */
  setRegisteredModelAlias(name: string, alias: string, version: string): Promise<void>;
  /** Removing an alias that is not there is not an error. */
  deleteRegisteredModelAlias(name: string, alias: string): Promise<void>;
}
