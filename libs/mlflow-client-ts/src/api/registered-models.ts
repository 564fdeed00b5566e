import type { Filter } from '../search/filter-builder.js';
import type { ModelStage, ModelVersion } from './model-versions.js';
import type { Paged } from './paged.js';

/** A name under which model versions are registered. */
export interface RegisteredModel {
  readonly name: string;
  readonly description: string;
  /** Milliseconds since 1970. */
  readonly creationTimestamp: number;
  /** Milliseconds since 1970. */
  readonly lastUpdatedTimestamp: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Alias to version number. */
  readonly aliases: Readonly<Record<string, string>>;
}

/** A registered model to be made. */
export interface CreateRegisteredModel {
  readonly name: string;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Which registered models to find. */
export interface RegisteredModelSearch {
  /** The attribute name, and tags. */
  readonly filter?: string | Filter<'registeredModels'>;
  /** By `name` or `last_updated_timestamp`. @default by name */
  readonly orderBy?: readonly string[];
}

/** Registered models of a store. */
export interface RegisteredModelMethods {
  /** A name that is taken is refused with RESOURCE_ALREADY_EXISTS. */
  createRegisteredModel(model: CreateRegisteredModel): Promise<RegisteredModel>;
  ensureRegisteredModel(name: string): Promise<void>;
  findRegisteredModel(name: string): Promise<RegisteredModel | undefined>;
  searchRegisteredModels(search?: RegisteredModelSearch): Paged<RegisteredModel>;
  renameRegisteredModel(name: string, newName: string): Promise<RegisteredModel>;
  /** Replaces the description. */
  updateRegisteredModel(name: string, description: string): Promise<RegisteredModel>;
  /** With all its versions, whatever their stage. */
  deleteRegisteredModel(name: string): Promise<void>;
  setRegisteredModelTag(name: string, key: string, value: string): Promise<void>;
  /** Deleting an absent tag is no error. */
  deleteRegisteredModelTag(name: string, key: string): Promise<void>;
  /** Moves the alias when another version has it. */
  setRegisteredModelAlias(name: string, alias: string, version: string): Promise<void>;
  /** Deleting an absent alias is no error. */
  deleteRegisteredModelAlias(name: string, alias: string): Promise<void>;
  /** The newest version in each of the stages, by stage. @default all stages */
  getLatestVersions(name: string, stages?: readonly ModelStage[]): Promise<ModelVersion[]>;
}
