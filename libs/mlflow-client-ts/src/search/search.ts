import type { LoggedModelOrder, LoggedModelSearch } from '../api/logged-models.js';
import type { RunMetric } from '../api/metrics.js';
import { filterText, type Filter, type SearchEntity } from './filter-builder.js';
import { parseFilter, type Clause } from './filter.js';
import { matcherOf, type Value, type ValuesOf } from './match.js';
import { compareBy, completeOrder, parseLoggedModelOrder, parseOrder, type Order } from './order.js';
import { withoutPrompts } from './prompts.js';

/** What to find and in which order. */
export interface InMemorySearch<E extends SearchEntity> {
  readonly filter?: string | Filter<E>;
  readonly orderBy?: readonly string[];
}

/** What can be searched with {@link searchInMemory}; logged models have {@link searchLoggedModelsInMemory}. */
export type PlainEntity = Exclude<SearchEntity, 'loggedModels'>;

/**
 * Finds among items what a server would find, in its order, ties included. Of an item only the values are read that the filter and the order ask for.
 */
export function searchInMemory<E extends PlainEntity, T>(
  entity: E,
  items: readonly T[],
  valuesOf: ValuesOf<T>,
  { filter, orderBy }: InMemorySearch<E> = {},
): T[] {
  const orders = parseOrder(entity, orderBy);
  const read = parseFilter(entity, filterText(filter) ?? '');
  const { clauses, visible } = isRegistry(entity)
    ? withoutPrompts(items, valuesOf, read)
    : { clauses: read, visible: items };
  const found = visible.filter(matcherOf(clauses, valuesOf));
  return sortBy(found, orders, (item, { identifier }) => valuesOf(item, identifier)[0]);
}

function isRegistry(entity: SearchEntity): boolean {
  return entity === 'registeredModels' || entity === 'modelVersions';
}

/** Reads a logged model. */
export interface LoggedModelReader<T> {
  /** Attributes, params and tags. */
  readonly valuesOf: ValuesOf<T>;
  /** Every point of one metric, whatever its dataset; of every metric when there is no key. */
  readonly pointsOf: (item: T, key?: string) => readonly RunMetric[];
}

/** The same for logged models, whose metrics are bound to datasets. */
export function searchLoggedModelsInMemory<T>(
  items: readonly T[],
  reader: LoggedModelReader<T>,
  { filter, orderBy, datasets = [] }: Omit<LoggedModelSearch, 'experimentIds'> = {},
): T[] {
  const orders = parseLoggedModelOrder(orderBy);
  const clauses = parseFilter('loggedModels', filterText(filter) ?? '');
  const isBound = (point: RunMetric): boolean => datasets.length === 0 || datasets.some((each) => isOn(point, each));
  const matches = matcherOf(clauses, boundValues(reader, isBound));
  const mustBeMeasured = datasets.length > 0 && !hasMetric(clauses);
  const found = items.filter((item) => matches(item) && (!mustBeMeasured || reader.pointsOf(item).some(isBound)));
  const all = completeOrder('loggedModels', orders);
  return sortBy(found, all, (item, order) => {
    if (order.identifier.kind !== 'metric') return reader.valuesOf(item, order.identifier)[0];
    return latestValue(reader.pointsOf(item, order.identifier.key), orderBy?.[all.indexOf(order)]);
  });
}

function hasMetric(clauses: readonly Clause[]): boolean {
  return clauses.some(({ identifier }) => identifier.kind === 'metric');
}

function boundValues<T>(
  { valuesOf, pointsOf }: LoggedModelReader<T>,
  isBound: (point: RunMetric) => boolean,
): ValuesOf<T> {
  return (item, identifier) => {
    if (identifier.kind !== 'metric') return valuesOf(item, identifier);
    return pointsOf(item, identifier.key)
      .filter(isBound)
      .map(({ value }) => value);
  };
}

function isOn(point: RunMetric, { name, digest }: { readonly name: string; readonly digest?: string }): boolean {
  return point.datasetName === name && (digest === undefined || point.datasetDigest === digest);
}

// The newest by time, then step, then the run's id, as a server takes it.
function latestValue(points: readonly RunMetric[], order: LoggedModelOrder | undefined): number | undefined {
  const { datasetName, datasetDigest } = order ?? {};
  const bound = points.filter((point) => {
    const hasName = datasetName === undefined || point.datasetName === datasetName;
    return hasName && (datasetDigest === undefined || point.datasetDigest === datasetDigest);
  });
  const newestFirst = bound.sort(
    (a, b) => b.timestamp - a.timestamp || b.step - a.step || (a.runId < b.runId ? -1 : 1),
  );
  return newestFirst[0]?.value;
}

function sortBy<T>(
  items: readonly T[],
  orders: readonly Order[],
  valueOf: (item: T, order: Order) => Value | undefined,
): T[] {
  const keyed = items.map((item) => ({ item, keys: orders.map((order) => valueOf(item, order)) }));
  return keyed.sort((a, b) => compareBy(orders, a.keys, b.keys)).map(({ item }) => item);
}
