import type {
  Condition,
  ExperimentFields,
  ListedField,
  LoggedModelFields,
  ModelVersionFields,
  NullableField,
  NumberField,
  RegisteredModelFields,
  RunFields,
} from './filter-fields.js';
import { unwritable, writeClause, writeName } from './filter-text.js';
import { parseFilter } from './filter.js';
import type { Comparator } from './grammar.js';

/** What can be searched. */
export type SearchEntity = 'runs' | 'experiments' | 'registeredModels' | 'modelVersions' | 'loggedModels';

/** A filter that the grammar of one entity can express, as text. */
export interface Filter<E extends SearchEntity> {
  readonly entity: E;
  /** In MLflow's filter language. */
  readonly text: string;
}

/** The text of a filter. */
export function filterText(filter: string | Filter<SearchEntity> | undefined): string | undefined {
  return typeof filter === 'object' ? filter.text : filter;
}

/** Names the conditions that must all hold. */
export type BuildFilter<Fields, E extends SearchEntity> = (fields: Fields) => readonly Condition<E>[];

/**
 * Builds a filter for runs: all conditions must hold. What servers cannot express does not compile, or is refused with
 * INVALID_PARAMETER_VALUE: NaN, values with both kinds of quotes, quotes in keys.
 *
 * @example
 * ```ts
 * import { runFilter } from 'mlflow-client-ts';
 * const good = runFilter(({ metric, tag, attribute }) => [
 *   metric('val/rmse').lessThan(10),
 *   tag('kind').equals('final'),
 *   attribute('status').equals('FINISHED'),
 * ]);
 * good.text; // => "metrics.`val/rmse` < 10 AND tags.kind = 'final' AND status = 'FINISHED'"
 * ```
 */
export function runFilter(build: BuildFilter<RunFields, 'runs'>): Filter<'runs'> {
  return toFilter('runs', build(fieldsOf('runs')));
}

/**
 * Builds a filter for experiments, as {@link runFilter} does for runs.
 *
 * @example
 * ```ts
 * import { experimentFilter } from 'mlflow-client-ts';
 * experimentFilter(({ attribute }) => [attribute('name').like('wells/%')]).text; // => "name LIKE 'wells/%'"
 * ```
 */
export function experimentFilter(build: BuildFilter<ExperimentFields, 'experiments'>): Filter<'experiments'> {
  return toFilter('experiments', build(fieldsOf('experiments')));
}

/**
 * Builds a filter for registered models, as {@link runFilter} does for runs.
 *
 * @example
 * ```ts
 * import { registeredModelFilter } from 'mlflow-client-ts';
 * registeredModelFilter(({ tag }) => [tag('team').notEquals('a')]).text; // => "tags.team != 'a'"
 * ```
 */
export function registeredModelFilter(
  build: BuildFilter<RegisteredModelFields, 'registeredModels'>,
): Filter<'registeredModels'> {
  return toFilter('registeredModels', build(fieldsOf('registeredModels')));
}

/**
 * Builds a filter for model versions, as {@link runFilter} does for runs.
 *
 * @example
 * ```ts
 * import { modelVersionFilter } from 'mlflow-client-ts';
 * const old = modelVersionFilter(({ attribute }) => [
 *   attribute('name').equals("driller's"),
 *   attribute('version_number').lessThan(3),
 * ]);
 * old.text; // => 'name = "driller\'s" AND version_number < 3'
 * ```
 */
export function modelVersionFilter(build: BuildFilter<ModelVersionFields, 'modelVersions'>): Filter<'modelVersions'> {
  return toFilter('modelVersions', build(fieldsOf('modelVersions')));
}

/**
 * Builds a filter for logged models, as {@link runFilter} does for runs.
 *
 * @example
 * ```ts
 * import { loggedModelFilter } from 'mlflow-client-ts';
 * loggedModelFilter(({ metric }) => [metric('rmse').atMost(1e-3)]).text; // => 'metrics.rmse <= 0.001'
 * ```
 */
export function loggedModelFilter(build: BuildFilter<LoggedModelFields, 'loggedModels'>): Filter<'loggedModels'> {
  return toFilter('loggedModels', build(fieldsOf('loggedModels')));
}

function toFilter<E extends SearchEntity>(entity: E, conditions: readonly Condition<E>[]): Filter<E> {
  const stranger = conditions.find((condition) => condition.entity !== entity);
  if (stranger !== undefined) throw unwritable(entity, stranger.clause, `this is a condition on ${stranger.entity}`);
  const text = conditions.map(({ clause }) => clause).join(' AND ');
  parseFilter(entity, text); // refuses what is longer than servers read
  return { entity, text };
}

type AnyField<E extends SearchEntity> = NumberField<E> & NullableField<E> & ListedField<E>;

interface AnyFields<E extends SearchEntity> {
  readonly metric: (key: string) => AnyField<E>;
  readonly param: (key: string) => AnyField<E>;
  readonly tag: (key: string) => AnyField<E>;
  readonly attribute: (name: string) => AnyField<E>;
  readonly dataset: (part: string) => AnyField<E>;
}

// Every field has every method: what does not apply is hidden by its type, and refused for those who have no types.
function fieldsOf<E extends SearchEntity>(entity: E): AnyFields<E> {
  const prefixed = (prefix: string) => (key: string) => fieldOf(entity, writeName(entity, prefix, key));
  return {
    metric: prefixed('metrics'),
    param: prefixed('params'),
    tag: prefixed('tags'),
    attribute: (name) => fieldOf(entity, name),
    dataset: (part) => fieldOf(entity, `datasets.${part}`),
  };
}

function fieldOf<E extends SearchEntity>(entity: E, name: string): AnyField<E> {
  const compare = (comparator: Comparator, values: readonly (string | number)[] = []): Condition<E> => ({
    entity,
    clause: writeClause({ entity, name, comparator, values }),
  });
  const with1 = (comparator: Comparator) => (value: string | number) => compare(comparator, [value]);
  return {
    equals: with1('='),
    notEquals: with1('!='),
    lessThan: with1('<'),
    atMost: with1('<='),
    greaterThan: with1('>'),
    atLeast: with1('>='),
    like: with1('LIKE'),
    ilike: with1('ILIKE'),
    in: (values) => compare('IN', values),
    notIn: (values) => compare('NOT IN', values),
    isNull: () => compare('IS NULL'),
    isNotNull: () => compare('IS NOT NULL'),
  };
}
