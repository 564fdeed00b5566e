import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  experimentFilter,
  loggedModelFilter,
  modelVersionFilter,
  registeredModelFilter,
  runFilter,
  type Filter,
} from './filter-builder.js';
import { parseFilter } from './filter.js';

const refused = expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE' }) as Error;

describe('runFilter()', () => {
  it('joins conditions on every kind of key', () => {
    const { entity, text } = runFilter(({ metric, param, tag, attribute, dataset }) => [
      metric('val/rmse').lessThan(1e21),
      metric('a').atLeast(-1e-7),
      param('lr').isNotNull(),
      tag('from').ilike('x%'),
      attribute('status').equals('FINISHED'),
      attribute('run_id').in(['a', 'b']),
      dataset('digest').notIn(["it's"]),
    ]);
    expect(entity).toBe('runs');
    expect(text.split(' AND ')).toEqual([
      'metrics.`val/rmse` < 1e21',
      'metrics.a >= -1e-7',
      'params.lr IS NOT NULL',
      "tags.`from` ILIKE 'x%'",
      "status = 'FINISHED'",
      "run_id IN ('a','b')",
      String.raw`datasets.digest NOT IN ('it\x27s')`,
    ]);
  });

  it('finds everything when there is no condition', () => {
    expect(runFilter(() => [])).toEqual({ entity: 'runs', text: '' });
  });

  it('uses the quotes that a value does not contain, and refuses both in one', () => {
    expect(runFilter(({ tag }) => [tag('a').equals("it's")]).text).toBe(`tags.a = "it's"`);
    expect(runFilter(({ tag }) => [tag('a').equals('"')]).text).toBe(`tags.a = '"'`);
    expect(() => runFilter(({ tag }) => [tag('a').equals(`'"`)])).toThrow(
      `Cannot filter runs by tags.a: "'\\"" contains both kinds of quotes; use like() with "_" instead of one kind`,
    );
  });

  it('refuses a backslash at the end, which would hide the closing quote', () => {
    expect(() => runFilter(({ tag }) => [tag('a').equals('C:\\')])).toThrow(refused);
    expect(runFilter(({ tag }) => [tag('a').equals('C:\\x')]).text).toBe(String.raw`tags.a = 'C:\x'`);
  });

  it.each([NaN, Infinity, -Infinity])('refuses %s', (value) => {
    expect(() => runFilter(({ metric }) => [metric('a').notEquals(value)])).toThrow(refused);
  });

  it.each(['', '`', "'", '"', 'a\nb'])('refuses the key %j', (key) => {
    expect(() => runFilter(({ metric }) => [metric(key).equals(1)])).toThrow(refused);
  });

  it('refuses lists that are empty or longer than servers read', () => {
    const listOf = (length: number): Filter<'runs'> =>
      runFilter(({ attribute }) => [attribute('run_id').in(Array<string>(length).fill('a'))]);
    expect(listOf(4900).text).toHaveLength(19_611);
    expect(() => listOf(0)).toThrow(refused);
    expect(() => listOf(5000)).toThrow(refused);
  });

  it('refuses conditions on something else', () => {
    let stranger: unknown;
    experimentFilter(({ tag }) => [(stranger = tag('a').equals('x'))]);
    expect(() => runFilter(() => [stranger as never])).toThrow(/this is a condition on experiments/);
  });

  it('gives a filter that only a search of runs takes', () => {
    expectTypeOf(runFilter(() => [])).toEqualTypeOf<Filter<'runs'>>();
    expectTypeOf<Filter<'runs'>>().not.toExtend<Filter<'experiments'>>();
  });
});

describe('filters of the other entities', () => {
  it('are written in their own grammar', () => {
    expect(
      experimentFilter(({ attribute, tag }) => [
        attribute('experiment_id').in(['1', '22']),
        attribute('creation_time').atMost(5),
        tag('a').isNull(),
      ]).text,
    ).toBe("experiment_id IN ('1','22') AND creation_time <= 5 AND tags.a IS NULL");
    expect(registeredModelFilter(({ attribute }) => [attribute('name').in(['a'])]).text).toBe("name IN ('a')");
    expect(
      modelVersionFilter(({ attribute }) => [attribute('run_id').notIn(['a']), attribute('version_number').equals(2)])
        .text,
    ).toBe("run_id NOT IN ('a') AND version_number = 2");
    expect(
      loggedModelFilter(({ metric, param, attribute }) => [
        metric('a').greaterThan(1),
        param('b').in(["it's"]),
        attribute('creation_timestamp').lessThan(7),
      ]).text,
    ).toBe(String.raw`metrics.a > 1 AND params.b IN ('it\x27s') AND creation_timestamp < 7`);
  });

  it('refuse a single quote in a text of logged models, fractions of versions, and ids that are no numbers', () => {
    expect(() => loggedModelFilter(({ tag }) => [tag('a').equals("it's")])).toThrow(refused);
    expect(() => modelVersionFilter(({ attribute }) => [attribute('version_number').equals(1.5)])).toThrow(refused);
    expect(() => experimentFilter(({ attribute }) => [attribute('experiment_id').equals('a')])).toThrow(refused);
  });
});

describe('what is built', () => {
  const key = fc.string({
    unit: fc.constantFrom('a', 'Z', '1', '.', '/', ' ', '-', '$', '\\', 'é', '😀'),
    minLength: 1,
    maxLength: 9,
  });
  const value = fc
    .string({ unit: fc.oneof(fc.constantFrom('\\', "'", '"', '%', '\n', ' AND ', '--'), fc.string({ maxLength: 1 })) })
    .filter((each) => !each.endsWith('\\') && !(each.includes("'") && each.includes('"')));
  const list = fc.array(fc.string(), { minLength: 1 });
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });

  it('is read back as the same keys and values', () => {
    fc.assert(
      fc.property(fc.record({ a: key, b: key, text: value, list, amount: number }), ({ a, b, text, list, amount }) => {
        const filter = runFilter(({ metric, tag, dataset, attribute }) => [
          tag(a).notEquals(text),
          metric(b).atMost(amount),
          dataset('name').in(list),
          attribute('run_name').like(text),
        ]);
        expect(parseFilter('runs', filter.text)).toEqual([
          { identifier: { kind: 'tag', key: a }, comparator: '!=', values: [text] },
          { identifier: { kind: 'metric', key: b }, comparator: '<=', values: [amount + 0] },
          { identifier: { kind: 'dataset', key: 'name' }, comparator: 'IN', values: list },
          { identifier: { kind: 'attribute', key: 'run_name' }, comparator: 'LIKE', values: [text] },
        ]);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
