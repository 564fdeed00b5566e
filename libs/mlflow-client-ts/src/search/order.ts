import type { Run } from '../api/runs.js';
import { invalidValue } from '../faults.js';
import { readIdentifier, type Identifier } from './identifier.js';
import { valuesOf } from './match.js';

interface Order {
  readonly identifier: Identifier;
  readonly sign: 1 | -1;
}

/** Sorts runs as a server does: by the given keys, then newest first, then by id. Numbers come before NaN, NaN before runs without the key. */
export function sortRuns(runs: readonly Run[], orderBy: readonly string[]): Run[] {
  const orders = orderBy.map(parseOrder);
  return [...runs].sort((a, b) => {
    for (const { identifier, sign } of orders) {
      const difference = compareValues(valuesOf(a, identifier)[0], valuesOf(b, identifier)[0], sign);
      if (difference !== 0) return difference;
    }
    return b.startTime - a.startTime || (a.runId < b.runId ? -1 : 1);
  });
}

function parseOrder(text: string): Order {
  const match = /^\s*(\S.*?)(?:\s+(asc|desc))?\s*$/i.exec(text);
  if (match === null) throw invalidValue('Cannot sort runs: a key to order by is empty');
  const [, key = '', direction = 'asc'] = match;
  return { identifier: readIdentifier(key), sign: direction.toLowerCase() === 'desc' ? -1 : 1 };
}

type Value = string | number | undefined;

function compareValues(a: Value, b: Value, sign: 1 | -1): number {
  const difference = rank(a) - rank(b);
  if (difference !== 0 || rank(a) > 0) return difference;
  if (a === b || a === undefined || b === undefined) return 0;
  return a < b ? -sign : sign;
}

function rank(value: Value): 0 | 1 | 2 {
  if (value === undefined) return 2;
  return Number.isNaN(value) ? 1 : 0;
}
