import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareBy, parseLoggedModelOrder, parseOrder } from './order.js';

const keysOf = (...parameters: Parameters<typeof parseOrder>): string[] =>
  parseOrder(...parameters).map(({ identifier, isAscending }) => `${isAscending ? '' : '-'}${identifier.key}`);

describe('parseOrder()', () => {
  it.each([
    ['runs', [], ['-start_time', 'run_id']],
    ['runs', ['metrics.`val/loss` desc'], ['-val/loss', '-start_time', 'run_id']],
    ['runs', ['created'], ['start_time', 'run_id']],
    ['experiments', [], ['-creation_time', 'experiment_id']],
    ['experiments', ['name ASC'], ['name', '-experiment_id']],
    ['registeredModels', ['timestamp DESC'], ['-last_updated_timestamp', 'name']],
    ['modelVersions', [], ['-last_updated_timestamp', 'name', '-version_number']],
    ['modelVersions', ['attribute.version_number'], ['version_number', 'name']],
  ] as const)('puts %s ordered by %j into the order of a server, ties included', (entity, orderBy, keys) => {
    expect(keysOf(entity, orderBy)).toEqual(keys);
  });

  it.each([
    ['runs', 'metrics.a ASC NULLS FIRST'],
    ['runs', 'metrics.a ASCENDING'],
    ['runs', ' metrics.a'],
    ['runs', ''],
    ['runs', 'lifecycle_stage'],
    ['runs', 'datasets.name'],
    ['runs', '`run name`'],
    ['experiments', 'tags.a'],
    ['registeredModels', 'creation_timestamp'],
    ['registeredModels', 'attribute.name'],
    ['modelVersions', 'run_id'],
  ] as const)('refuses to order %s by "%s"', (entity, text) => {
    const code = 'INVALID_PARAMETER_VALUE';
    expect(() => parseOrder(entity, [text])).toThrow(expect.objectContaining({ code }));
    expect(() => parseOrder(entity, [text])).toThrow(`Cannot order ${entity} by ${JSON.stringify(text)}: `);
  });

  it('refuses the same key twice where servers do', () => {
    expect(() => parseOrder('runs', ['start_time', 'created DESC'])).toThrow(/the same key stands before it/);
    expect(keysOf('experiments', ['name', 'name DESC'])).toEqual(['name', '-name', '-experiment_id']);
  });
});

describe('parseLoggedModelOrder()', () => {
  it('reads attributes and metrics', () => {
    const orders = parseLoggedModelOrder([
      { fieldName: 'metrics.a.b', ascending: false },
      { fieldName: 'creation_time' },
    ]);
    expect(orders.map(({ identifier }) => identifier)).toEqual([
      { kind: 'metric', key: 'a.b' },
      { kind: 'attribute', key: 'creation_timestamp_ms' },
    ]);
    expect(orders.map(({ isAscending }) => isAscending)).toEqual([false, true]);
  });

  it.each([{ fieldName: 'params.a' }, { fieldName: 'last_updated_time' }, { fieldName: 'name', datasetDigest: 'd' }])(
    'refuses %j',
    (order) => {
      expect(() => parseLoggedModelOrder([order])).toThrow(
        expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE' }),
      );
    },
  );
});

describe('compareBy()', () => {
  const ascending = parseOrder('runs', ['metrics.a']).slice(0, 1);
  const descending = parseOrder('runs', ['metrics.a DESC']).slice(0, 1);
  const sorted = (values: readonly (number | string | undefined)[], orders: typeof ascending): unknown[] =>
    values
      .map((value) => [value])
      .sort((a, b) => compareBy(orders, a, b))
      .flat();

  it('puts numbers before NaN before what is absent, in both directions', () => {
    expect(sorted([undefined, NaN, 2, -Infinity, 1], ascending)).toEqual([-Infinity, 1, 2, NaN, undefined]);
    expect(sorted([undefined, NaN, 2, -Infinity, 1], descending)).toEqual([2, 1, -Infinity, NaN, undefined]);
  });

  it('orders texts by code points, as databases do', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\ud7ff', '\ue000', '\uffff', '😀'), maxLength: 4 });
    const codes = (own: string): number[] => Array.from(own, (character) => character.codePointAt(0) ?? 0);
    const isBefore = (a: readonly number[], b: readonly number[]): boolean => {
      const at = a.findIndex((code, index) => code !== b[index]);
      return at < 0 ? a.length < b.length : (a[at] ?? 0) < (b[at] ?? -1);
    };
    fc.assert(
      fc.property(text, text, (a, b) => compareBy(ascending, [a], [b]) < 0 === isBefore(codes(a), codes(b))),
      { seed: 1 },
    );
  });

  it('orders experiment ids as numbers of any length', () => {
    const orders = parseOrder('experiments', ['experiment_id']);
    expect(sorted(['616366285821216431', '10', '9'], orders)).toEqual(['9', '10', '616366285821216431']);
  });
});
