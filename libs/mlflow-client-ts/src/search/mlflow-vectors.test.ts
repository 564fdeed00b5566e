import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SearchEntity } from './filter-builder.js';
import { parseFilter, type Clause } from './filter.js';

// Made by test/vectors/filters.py: what MLflow's own parsers and SQL stores make of generated filters.
type Parsed = readonly [kind: string, key: string, comparator: string, values: readonly (string | number)[]][];
type Case = readonly [entity: SearchEntity, filter: string, parsed: Parsed | null];

const { cases } = JSON.parse(readFileSync(new URL('../../test/vectors/filters.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly Case[];
};

/** What a server's parser takes by accident, and this one refuses; the README lists it. */
const accidents: Readonly<Record<string, (each: Case) => boolean>> = {
  'keys of logged models with unquoted signs': ([entity, filter]) =>
    entity === 'loggedModels' && /\.a[-/]b/.test(filter),
  'numbers and texts of logged models joined by signs': ([entity, filter]) =>
    entity === 'loggedModels' && /(1e\+5|\+1|- 1)/.test(filter),
  'lists of numbers': ([entity, filter]) => entity === 'loggedModels' && filter.includes('(1,2)'),
  'a comparison that becomes part of the key before IS NULL, where AND is missing': ([, , parsed]) =>
    parsed?.some(([, key]) => / (LIKE|ILIKE|!?=|<=?|>=?) /i.test(key)) ?? false,
};

const isAccident = (each: Case): boolean => Object.values(accidents).some((isOne) => isOne(each));

const kinds: Readonly<Record<string, string>> = {
  attributes: 'attribute',
  metrics: 'metric',
  parameter: 'param',
  params: 'param',
  tags: 'tag',
};
const otherNames: Readonly<Record<string, string>> = {
  created: 'start_time',
  Created: 'start_time',
  'run name': 'run_name',
  'Run name': 'run_name',
};

/** A clause of Python's as ours: one name per attribute, numbers as numbers. */
function toClause([kind, key, comparator, values]: Parsed[number], own: Clause['values'] = []): Clause {
  const name = kinds[kind] ?? kind;
  return {
    identifier: { kind: name as 'tag', key: name === 'attribute' ? (otherNames[key] ?? key) : key },
    comparator: comparator as '=',
    values: typeof own[0] === 'number' ? values.map(Number) : values.map((value) => withoutZeros(name, key, value)),
  };
}

// A server looks for experiment 02 by the number.
function withoutZeros(kind: string, key: string, value: string | number): string | number {
  return kind === 'attribute' && key === 'experiment_id' ? String(Number(value)) : value;
}

function read(entity: SearchEntity, filter: string): Clause[] | null {
  try {
    return parseFilter(entity, filter);
  } catch {
    return null;
  }
}

describe('parseFilter() and MLflow', () => {
  it.each(['runs', 'experiments', 'registeredModels', 'modelVersions', 'loggedModels'] as const)(
    'take the same filters of %s, and read the same from them',
    (entity) => {
      const own = cases.filter((each) => each[0] === entity && !isAccident(each));
      expect(own.filter(([, , parsed]) => parsed !== null).length).toBeGreaterThan(20);
      for (const [, filter, parsed] of own) {
        const clauses = read(entity, filter);
        const expected = parsed?.map((clause, index) => toClause(clause, clauses?.[index]?.values));
        expect([filter, clauses]).toEqual([filter, expected ?? null]);
      }
    },
  );
});
