import { describe, expect, it } from 'vitest';
import { parseFilter } from './filter.js';

const code = 'INVALID_PARAMETER_VALUE';

describe('parseFilter()', () => {
  it('reads clauses joined by AND into keys, comparators and values', () => {
    expect(parseFilter('runs', "metrics.`val/loss` <= .5 and Tags IN ('x')".replace('Tags', 'datasets.name'))).toEqual([
      { identifier: { kind: 'metric', key: 'val/loss' }, comparator: '<=', values: [0.5] },
      { identifier: { kind: 'dataset', key: 'name' }, comparator: 'IN', values: ['x'] },
    ]);
  });

  it('finds nothing to ask for in an empty filter, and refuses a blank one as servers do', () => {
    expect(parseFilter('runs', '')).toEqual([]);
    expect(() => parseFilter('runs', ' ')).toThrow(expect.objectContaining({ code }));
  });

  it('says where and what it cannot read, and what to write', () => {
    expect(() => parseFilter('runs', "status = 'a' OR status = 'b'")).toThrow(
      `Cannot read filter "status = 'a' OR status = 'b'" of runs, character 14: OR: it names nothing that runs are searched by; use metrics.<key>, params.<key>, tags.<key>, datasets.name, run_id, run_name, status, artifact_uri, user_id, start_time, end_time; write clauses such as status = 'a' joined by AND`,
    );
  });

  it.each([
    ['runs', 'metrics.a > 1 % 2', /character 15: nothing fits "% 2"/],
    ['runs', "metrics.a LIKE 'x'", /character 1: metrics.a: LIKE does not apply to it; use =, !=/],
    ['runs', 'metrics.a >', /character 12: a value is missing/],
    ['runs', 'metrics.a', /character 10: a comparator is missing/],
    ['runs', 'metrics.a == 1', /character 11: ==: it is no comparator; use one of/],
    ['runs', 'params.a = 1', /character 12: 1 is no text in quotes/],
    ['runs', "run_id IN 'a'", /character 11: 'a': a list is written \('a', 'b'\)/],
    ['runs', "status = 'a' run_id IN ('b')", /character 14: run_id: AND is missing before it/],
    ['runs', "tags.values = 'a'", /character 5: nothing fits ".values = 'a'"; .* backticks/],
    ['experiments', "name like 'a'", /character 6: like: servers read it here in capitals only/],
    ['experiments', "experiment_id IN ('a')", /a list is written \('1', '2'\)/],
    ['modelVersions', "current_stage = 'Production'", /it names nothing that modelVersions are searched by/],
    ['modelVersions', "aliases = 'production'", /it names nothing that modelVersions are searched by/],
    ['loggedModels', 'metrics.a > nan', /nan is no number/],
    ['loggedModels', "tags.a = AND name = 'x'", /character 10: AND is no text/],
  ] as const)('refuses the filter of %s: %s', (entity, filter, message) => {
    expect(() => parseFilter(entity, filter)).toThrow(expect.objectContaining({ code }));
    expect(() => parseFilter(entity, filter)).toThrow(message);
  });

  it('reads as many pieces as servers do, and no more', () => {
    const listOf = (length: number): string => `run_id IN (${Array<string>(length).fill("'a'").join(',')})`;
    expect(parseFilter('runs', listOf(4990))[0]?.values).toHaveLength(4990);
    expect(() => parseFilter('runs', listOf(5000))).toThrow(/more than 10000 words, signs and spaces/);
  });

  it('ends a text at the last quote that can end it, as servers do, and reads long texts', () => {
    const quotes = "\\'".repeat(20_000);
    expect(parseFilter('runs', `tags.a = '${quotes}`)[0]?.values).toEqual([quotes.slice(0, -1)]);
    expect(() => parseFilter('runs', `tags.a = '${"''".repeat(20_000)}`)).toThrow(/character 40010: nothing fits "'"/);
  });
});
