import type { Clause } from './filter.js';
import type { Comparator } from './grammar.js';
import type { Identifier } from './identifier.js';
import { ilikeMatcher, likeMatcher } from './like.js';

/** What is compared: a number for metrics and times, a text for everything else. */
export type Value = string | number;

/**
 * Reads the values of an item: none when it has no such key, one, or several (a run's datasets, a logged model's points). It is called for what a filter
 * or an order asks for, and for nothing else, so it may read from disk.
 */
export type ValuesOf<T> = (item: T, identifier: Identifier) => readonly Value[];

/** Whether an item meets all clauses. An item without the key meets only IS NULL; one of several values is enough. */
export function matcherOf<T>(clauses: readonly Clause[], valuesOf: ValuesOf<T>): (item: T) => boolean {
  const conditions = [...clauses].sort((a, b) => costOf(a) - costOf(b)).map(conditionOf);
  return (item) =>
    conditions.every(({ identifier, holds }) => {
      return holds(valuesOf(item, identifier));
    });
}

interface Condition {
  readonly identifier: Identifier;
  readonly holds: (values: readonly Value[]) => boolean;
}

function conditionOf({ identifier, comparator, values }: Clause): Condition {
  if (comparator === 'IS NULL') return { identifier, holds: (own) => own.length === 0 };
  if (comparator === 'IS NOT NULL') return { identifier, holds: (own) => own.length > 0 };
  const compare = comparisons[comparator](values);
  return { identifier, holds: (own) => own.some(compare) };
}

// What is dear to read from disk is asked last.
const costs = { attribute: 0, tag: 1, param: 1, dataset: 2, metric: 3 } as const;

function costOf({ identifier }: Clause): number {
  return costs[identifier.kind];
}

type Compare = (own: Value) => boolean;
type ValueComparator = Exclude<Comparator, 'IS NULL' | 'IS NOT NULL'>;

const comparisons: Readonly<Record<ValueComparator, (values: readonly Value[]) => Compare>> = {
  '=':
    ([value]) =>
    (own) =>
      own === value,
  '!=':
    ([value]) =>
    (own) =>
      own !== value,
  '>': withNumber((own, value) => own > value),
  '>=': withNumber((own, value) => own >= value),
  '<': withNumber((own, value) => own < value),
  '<=': withNumber((own, value) => own <= value),
  LIKE: ([pattern]) => onText(likeMatcher(String(pattern))),
  ILIKE: ([pattern]) => onText(ilikeMatcher(String(pattern))),
  IN: (values) => {
    const known = new Set(values);
    return (own) => known.has(own);
  },
  'NOT IN': (values) => {
    const known = new Set(values);
    return (own) => !known.has(own);
  },
};

function withNumber(compare: (own: number, value: number) => boolean): (values: readonly Value[]) => Compare {
  return ([value]) =>
    (own) =>
      compare(Number(own), Number(value));
}

function onText(matches: (text: string) => boolean): Compare {
  return (own) => matches(String(own));
}
