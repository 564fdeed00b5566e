import type { LoggedModelOrder } from '../api/logged-models.js';
import { invalidValue } from '../faults.js';
import type { SearchEntity } from './filter-builder.js';
import { grammars } from './grammar.js';
import {
  knownNames,
  ofAttribute,
  readIdentifier,
  unquote,
  type Identifier,
  type ReadIdentifier,
} from './identifier.js';
import type { Value } from './match.js';
import { tokenise } from './tokens.js';

/** One key by which items are put in order. */
export interface Order {
  readonly identifier: Identifier;
  readonly isAscending: boolean;
  /** Whether texts are decimal numbers, such as experiment ids. */
  readonly isDigits: boolean;
}

/** Reads `['metrics.rmse DESC', 'start_time']`; the default order of the entity when there is none. */
export function parseOrder(entity: SearchEntity, orderBy: readonly string[] = []): Order[] {
  const orders = orderBy.map((text) => parseKey(entity, text));
  if (!grammars[entity].allowsRepeatedOrder) refuseRepetition(entity, orderBy, orders);
  return completeOrder(entity, orders);
}

/** The same with the order of logged models, which is an object. */
export function parseLoggedModelOrder(orderBy: readonly LoggedModelOrder[] = []): Order[] {
  return orderBy.map(({ fieldName, ascending = true, datasetName, datasetDigest }) => {
    if (datasetDigest !== undefined && datasetName === undefined) {
      throw unreadable('loggedModels', fieldName, 'a dataset digest needs the name of the dataset as well');
    }
    const key = fieldName.startsWith('metrics.') ? fieldName.slice('metrics.'.length) : undefined;
    const read = key === undefined ? ofAttribute(grammars.loggedModels.sortable, fieldName) : metric(key);
    if (read === undefined) throw unknown('loggedModels', fieldName);
    return toOrder(read, ascending);
  });
}

function metric(key: string): ReadIdentifier | undefined {
  const field = grammars.loggedModels.fields.metric;
  return field && { identifier: { kind: 'metric', key }, field };
}

/** The order with the keys that decide between equals. */
export function completeOrder(entity: SearchEntity, orders: readonly Order[]): Order[] {
  const { defaultOrder, ties } = grammars[entity];
  const start = orders.length > 0 ? orders : defaultOrder.map((text) => parseKey(entity, text));
  const isOrderedBy = ({ identifier }: Order): boolean =>
    start.some((each) => keyOf(each) === identifierKey(identifier));
  const further = ties.map((text) => parseKey(entity, text)).filter((tie) => !isOrderedBy(tie));
  return [...start, ...further];
}

const keyAndDirection = /^(\S.*?)(?:\s+(asc|desc))?$/is;

function parseKey(entity: SearchEntity, text: string): Order {
  const [, key = '', direction] = keyAndDirection.exec(text) ?? [];
  const tokens = tokenise(key);
  if ('unreadableAt' in tokens || tokens.length !== 1 || tokens[0]?.raw !== key) {
    throw unreadable(entity, text, 'it is not one key, and ASC or DESC if you like');
  }
  const read = sortableIdentifier(entity, key, direction !== undefined);
  if (read === undefined) throw unknown(entity, text);
  return toOrder(read, direction?.toUpperCase() !== 'DESC');
}

function sortableIdentifier(entity: SearchEntity, key: string, hasDirection: boolean): ReadIdentifier | undefined {
  const { sortable, sortableKinds } = grammars[entity];
  const dot = key.indexOf('.');
  const read = dot < 0 ? undefined : readIdentifier(entity, key);
  if (read !== undefined && read.identifier.kind !== 'attribute') {
    return sortableKinds.includes(read.identifier.kind) ? read : undefined;
  }
  const isPlain = dot < 0 || (sortableKinds.includes('attribute') && isAttributePrefix(entity, key.slice(0, dot)));
  const name = key.slice(dot + 1);
  const mayBeQuoted = hasDirection || entity !== 'registeredModels';
  return isPlain ? ofAttribute(sortable, mayBeQuoted ? unquote(unquote(name, '"'), '`') : name) : undefined;
}

function isAttributePrefix(entity: SearchEntity, prefix: string): boolean {
  return grammars[entity].prefixes[prefix] === 'attribute';
}

function toOrder({ identifier, field }: ReadIdentifier, isAscending: boolean): Order {
  return { identifier, isAscending, isDigits: field.type === 'digits' };
}

function refuseRepetition(entity: SearchEntity, orderBy: readonly string[], orders: readonly Order[]): void {
  const keys = orders.map(keyOf);
  const repeated = keys.findIndex((key, index) => keys.indexOf(key) < index);
  if (repeated >= 0) throw unreadable(entity, orderBy[repeated] ?? '', 'the same key stands before it');
}

function keyOf({ identifier }: Order): string {
  return identifierKey(identifier);
}

function identifierKey({ kind, key }: Identifier): string {
  return `${kind}.${key}`;
}

function unknown(entity: SearchEntity, text: string): Error {
  return unreadable(entity, text, `they are ordered by ${knownNames(entity, 'order')}`);
}

function unreadable(entity: SearchEntity, text: string, problem: string): Error {
  return invalidValue(`Cannot order ${entity} by ${JSON.stringify(text)}: ${problem}`, { entity, orderBy: text });
}

/** Compares by the given keys: numbers come before NaN, NaN before what has no value, whatever the direction. */
export function compareBy(orders: readonly Order[], a: readonly (Value | undefined)[], b: typeof a): number {
  for (const [index, { isAscending, isDigits }] of orders.entries()) {
    const difference = compareValues(a[index], b[index], isDigits);
    if (difference === 0) continue;
    const isDirected = rank(a[index]) === 0 && rank(b[index]) === 0;
    return isDirected && !isAscending ? -difference : difference;
  }
  return 0;
}

function compareValues(a: Value | undefined, b: Value | undefined, isDigits: boolean): number {
  const difference = rank(a) - rank(b);
  if (difference !== 0 || rank(a) > 0 || a === undefined || b === undefined) return difference;
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b) || 0;
  return isDigits && a.length !== b.length ? a.length - b.length : compareTexts(a, b);
}

function rank(value: Value | undefined): 0 | 1 | 2 {
  if (value === undefined) return 2;
  return Number.isNaN(value) ? 1 : 0;
}

// By code points, as databases do; UTF-16 puts what lies beyond U+FFFF before U+E000.
function compareTexts(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let index = 0;
  while (index < length && a.charCodeAt(index) === b.charCodeAt(index)) index += 1;
  if (index === length) return a.length - b.length;
  return codeRank(a.charCodeAt(index)) - codeRank(b.charCodeAt(index));
}

function codeRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
