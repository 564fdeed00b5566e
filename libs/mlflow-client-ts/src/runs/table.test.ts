import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendTable, loggedArtifactsTag, parseTable, toSplitTable, type SplitTable } from './table.js';

describe('toSplitTable()', () => {
  it('takes rows, whose columns are all that any of them has', () => {
    expect(toSplitTable('t.json', [{ a: 1 }, { b: 'x', a: NaN }])).toEqual({
      columns: ['a', 'b'],
      data: [[1, null], [null, 'x']], // prettier-ignore
    });
  });

  it('has null where a row does not have a column that every object inherits something for', () => {
    const rows: Readonly<Record<string, unknown>>[] = [Object.fromEntries([['constructor', 1]]), {}];
    expect(toSplitTable('t.json', rows)).toEqual({ columns: ['constructor'], data: [[1], [null]] });
  });

  it('takes columns', () => {
    const day = new Date(0);
    expect(toSplitTable('t.json', { a: [1, 2], b: [day, { c: Infinity }] })).toEqual({
      columns: ['a', 'b'],
      data: [[1, '1970-01-01T00:00:00.000Z'], [2, { c: 'Infinity' }]], // prettier-ignore
    });
  });

  it('takes a table without rows', () => {
    expect(toSplitTable('t.json', [])).toEqual({ columns: [], data: [] });
    expect(toSplitTable('t.json', { a: [] })).toEqual({ columns: ['a'], data: [] });
  });

  it('refuses columns of different lengths', () => {
    expect(() => toSplitTable('t.json', { a: [1], b: [] })).toThrow('column "b" has 0 values, column "a" has 1');
  });
});

describe('appendTable()', () => {
  it('puts rows below, and columns that only they have to the right', () => {
    const table = appendTable({ columns: ['a', 'b'], data: [[1, 2]] }, { columns: ['c', 'b'], data: [[3, 4]] });
    expect(table).toEqual({ columns: ['a', 'b', 'c'], data: [[1, 2, null], [null, 4, 3]] }); // prettier-ignore
  });

  it('gives the same whichever two of three are put together first', () => {
    const tables = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd')).chain((columns) =>
      fc.record<SplitTable>({
        columns: fc.constant(columns),
        data: fc.array(fc.array(fc.integer(), { minLength: columns.length, maxLength: columns.length }), {
          maxLength: 3,
        }),
      }),
    );
    fc.assert(
      fc.property(tables, tables, tables, (one, two, three) => {
        expect(appendTable(appendTable(one, two), three)).toEqual(appendTable(one, appendTable(two, three)));
      }),
    );
  });
});

describe('parseTable()', () => {
  it('reads a table with the index that pandas adds', () => {
    const text = '{"columns":["a"],"index":[0],"data":[[1]]}';
    expect(parseTable('t.json', text)).toEqual({ columns: ['a'], data: [[1]] });
  });

  it.each(['{"a":1}', 'no JSON'])('refuses %s', (text) => {
    expect(() => parseTable('t.json', text)).toThrow('is no table');
  });
});

describe('loggedArtifactsTag()', () => {
  it('lists each table once', () => {
    const one = loggedArtifactsTag(undefined, 'a.json');
    expect(JSON.parse(one)).toEqual([{ path: 'a.json', type: 'table' }]);
    expect(loggedArtifactsTag(one, 'a.json')).toBe(one);
    expect(JSON.parse(loggedArtifactsTag(one, 'b.json'))).toHaveLength(2);
  });
});
