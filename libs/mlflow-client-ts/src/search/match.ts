import type { Run } from '../api/runs.js';
import type { Clause, Comparator } from './filter.js';
import type { Identifier } from './identifier.js';

type Value = string | number;

/** Whether a run meets a clause. A run without the key meets only IS NULL. */
export function matches(run: Run, { identifier, comparator, values }: Clause): boolean {
  const own = valuesOf(run, identifier);
  if (comparator === 'IS NULL') return own.length === 0;
  if (comparator === 'IS NOT NULL') return own.length > 0;
  return own.some((value) => compare(value, comparator, values));
}

/** The values of a run under a key: none, one, or one per dataset. */
export function valuesOf(run: Run, { entity, key }: Identifier): Value[] {
  switch (entity) {
    case 'metric':
      return ownValue(run.metrics, key);
    case 'param':
      return ownValue(run.params, key);
    case 'tag':
      return ownValue(run.tags, key);
    case 'attribute':
      return present(attributeOf(run, key));
    case 'dataset':
      return run.inputs.flatMap((input) => present(input[key as 'name' | 'digest' | 'context']));
  }
}

// A key may be the name of something that every object has.
function ownValue(record: Readonly<Record<string, Value>>, key: string): Value[] {
  return Object.hasOwn(record, key) ? present(record[key]) : [];
}

function present(value: Value | undefined): Value[] {
  return value === undefined ? [] : [value];
}

function attributeOf(run: Run, key: string): Value | undefined {
  switch (key) {
    case 'run_id':
      return run.runId;
    case 'run_name':
      return run.runName;
    case 'status':
      return run.status;
    case 'artifact_uri':
      return run.artifactUri;
    case 'start_time':
      return run.startTime;
    default:
      return run.endTime;
  }
}

const comparisons: Readonly<
  Record<Exclude<Comparator, 'IS NULL' | 'IS NOT NULL'>, (own: Value, values: readonly Value[]) => boolean>
> = {
  '=': (own, [value]) => own === value,
  '!=': (own, [value]) => own !== value,
  '>': (own, [value]) => value !== undefined && own > value,
  '>=': (own, [value]) => value !== undefined && own >= value,
  '<': (own, [value]) => value !== undefined && own < value,
  '<=': (own, [value]) => value !== undefined && own <= value,
  LIKE: (own, [pattern]) => likePattern(String(pattern), '').test(String(own)),
  ILIKE: (own, [pattern]) => likePattern(String(pattern), 'i').test(String(own)),
  IN: (own, values) => values.includes(own),
  'NOT IN': (own, values) => !values.includes(own),
};

function compare(
  own: Value,
  comparator: Exclude<Comparator, 'IS NULL' | 'IS NOT NULL'>,
  values: readonly Value[],
): boolean {
  return comparisons[comparator](own, values);
}

// % is any text, _ any character.
function likePattern(pattern: string, flags: string): RegExp {
  const source = pattern
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${source}$`, `${flags}su`);
}
