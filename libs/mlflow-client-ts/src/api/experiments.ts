import type { Filter } from '../search/filter-builder.js';
import type { Paged } from './paged.js';

/** `active`, or `deleted`: kept by the store until it is collected, closed to writing. */
export type LifecycleStage = 'active' | 'deleted';

/** Which of the active and the deleted to find. */
export type ViewType = 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL';

/** A named group of runs. */
export interface Experiment {
  readonly experimentId: string;
  readonly name: string;
  readonly artifactLocation: string;
  readonly lifecycleStage: LifecycleStage;
  /** Milliseconds since 1970; 0 when the store does not know. */
  readonly creationTime: number;
  /** Milliseconds since 1970; 0 when the store does not know. */
  readonly lastUpdateTime: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** An experiment to be made. */
export interface CreateExperiment {
  readonly name: string;
  /** @default below the artifact root of the store */
  readonly artifactLocation?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Which experiments to find. */
export interface ExperimentSearch {
  /** Attributes name, creation_time, last_update_time; tags. */
  readonly filter?: string | Filter<'experiments'>;
  /** E.g. `['name ASC']`. @default newest first */
  readonly orderBy?: readonly string[];
  /** @default 'ACTIVE_ONLY' */
  readonly viewType?: ViewType;
}

/** Experiments of a store. */
export interface ExperimentMethods {
  /** Makes an experiment; its id. A name that is taken, also by a deleted one, is refused with RESOURCE_ALREADY_EXISTS. */
  createExperiment(experiment: CreateExperiment): Promise<string>;
  /** The id of the experiment of that name, created when absent. A deleted one is refused. */
  ensureExperiment(name: string): Promise<string>;
  /** Finds deleted experiments as well: look at `lifecycleStage`. */
  getExperiment(experimentId: string): Promise<Experiment>;
  /** Finds deleted experiments as well: look at `lifecycleStage`. */
  findExperimentByName(name: string): Promise<Experiment | undefined>;
  searchExperiments(search?: ExperimentSearch): Paged<Experiment>;
  renameExperiment(experimentId: string, name: string): Promise<void>;
  /** Its runs go with it, and come back with `restoreExperiment`. */
  deleteExperiment(experimentId: string): Promise<void>;
  restoreExperiment(experimentId: string): Promise<void>;
  setExperimentTag(experimentId: string, key: string, value: string): Promise<void>;
  /** Deleting an absent tag is no error. Servers before 3.2 cannot: MLFLOW_UNSUPPORTED. */
  deleteExperimentTag(experimentId: string, key: string): Promise<void>;
}
