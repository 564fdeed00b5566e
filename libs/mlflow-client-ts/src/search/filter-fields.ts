import type { RunStatus } from '../api/runs.js';
import type { SearchEntity } from './filter-builder.js';

/** One condition of a filter for an entity. */
export interface Condition<E extends SearchEntity> {
  readonly entity: E;
  /** In MLflow's filter language. */
  readonly clause: string;
}

/** What is compared as a number: metrics and times. Something without the metric meets no condition. */
export interface NumberField<E extends SearchEntity> {
  equals(value: number): Condition<E>;
  /** NaN differs from every number; what is absent meets no condition. */
  notEquals(value: number): Condition<E>;
  lessThan(value: number): Condition<E>;
  /** Less or equal. */
  atMost(value: number): Condition<E>;
  greaterThan(value: number): Condition<E>;
  /** Greater or equal. */
  atLeast(value: number): Condition<E>;
}

/** What is compared as a text. Something without it meets no condition, not even `notEquals`. */
export interface TextField<E extends SearchEntity, V extends string = string> {
  equals(value: V): Condition<E>;
  notEquals(value: V): Condition<E>;
  /** `%` stands for any text, `_` for one character; upper and lower case differ. */
  like(pattern: string): Condition<E>;
  /** The same with no difference between upper and lower case. */
  ilike(pattern: string): Condition<E>;
}

/** A text that can be looked up in a list of at most some 4900 values. */
export interface ListedField<E extends SearchEntity> extends TextField<E> {
  in(values: readonly string[]): Condition<E>;
  notIn(values: readonly string[]): Condition<E>;
}

/** A text that can be absent. */
export interface NullableField<E extends SearchEntity> extends TextField<E> {
  /** Servers of version 2 cannot. */
  isNull(): Condition<E>;
  /** Servers of version 2 cannot. */
  isNotNull(): Condition<E>;
}

/** Attributes of runs. Times are in milliseconds since 1970. */
export interface RunAttributes {
  readonly run_id: ListedField<'runs'>;
  readonly run_name: TextField<'runs'>;
  readonly status: TextField<'runs', RunStatus>;
  readonly artifact_uri: TextField<'runs'>;
  readonly user_id: TextField<'runs'>;
  readonly start_time: NumberField<'runs'>;
  /** Absent while the run goes on. */
  readonly end_time: NumberField<'runs'>;
}

/** What runs are filtered by. */
export interface RunFields {
  readonly metric: (key: string) => NumberField<'runs'>;
  readonly param: (key: string) => NullableField<'runs'>;
  readonly tag: (key: string) => NullableField<'runs'>;
  readonly attribute: <K extends keyof RunAttributes>(name: K) => RunAttributes[K];
  /** Met when one of the run's datasets meets it. */
  readonly dataset: (part: 'name' | 'digest' | 'context') => ListedField<'runs'>;
}

/** Attributes of experiments. Times are in milliseconds since 1970. */
export interface ExperimentAttributes {
  readonly name: TextField<'experiments'>;
  /** Servers of version 2 and older ones of version 3 cannot. */
  readonly experiment_id: Pick<ListedField<'experiments'>, 'equals' | 'notEquals' | 'in' | 'notIn'>;
  readonly creation_time: NumberField<'experiments'>;
  readonly last_update_time: NumberField<'experiments'>;
}

/** What experiments are filtered by. */
export interface ExperimentFields {
  readonly tag: (key: string) => NullableField<'experiments'>;
  readonly attribute: <K extends keyof ExperimentAttributes>(name: K) => ExperimentAttributes[K];
}

/** Attributes of registered models. */
export interface RegisteredModelAttributes {
  /** Lists are for newer servers of version 3. */
  readonly name: ListedField<'registeredModels'>;
}

/** What registered models are filtered by. */
export interface RegisteredModelFields {
  readonly tag: (key: string) => TextField<'registeredModels'>;
  readonly attribute: <K extends keyof RegisteredModelAttributes>(name: K) => RegisteredModelAttributes[K];
}

/** Attributes of model versions. Stages and aliases cannot be searched by. */
export interface ModelVersionAttributes {
  /** Lists are for newer servers of version 3. */
  readonly name: ListedField<'modelVersions'>;
  /** `notIn` is for servers of version 3. */
  readonly run_id: ListedField<'modelVersions'>;
  readonly source_path: TextField<'modelVersions'>;
  readonly version_number: NumberField<'modelVersions'>;
}

/** What model versions are filtered by. */
export interface ModelVersionFields {
  readonly tag: (key: string) => TextField<'modelVersions'>;
  readonly attribute: <K extends keyof ModelVersionAttributes>(name: K) => ModelVersionAttributes[K];
}

/** Attributes of logged models. Times are in milliseconds since 1970; the status cannot be searched by. */
export interface LoggedModelAttributes {
  readonly name: ListedField<'loggedModels'>;
  readonly model_id: ListedField<'loggedModels'>;
  readonly model_type: ListedField<'loggedModels'>;
  readonly source_run_id: ListedField<'loggedModels'>;
  readonly creation_timestamp: NumberField<'loggedModels'>;
  readonly last_updated_timestamp: NumberField<'loggedModels'>;
}

/** What logged models are filtered by. */
export interface LoggedModelFields {
  /** Of the datasets that the search names, or of any. */
  readonly metric: (key: string) => NumberField<'loggedModels'>;
  readonly param: (key: string) => ListedField<'loggedModels'>;
  readonly tag: (key: string) => ListedField<'loggedModels'>;
  readonly attribute: <K extends keyof LoggedModelAttributes>(name: K) => LoggedModelAttributes[K];
}
