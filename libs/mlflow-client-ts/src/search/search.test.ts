import { describe, expect, it } from 'vitest';
import type { RunMetric } from '../api/metrics.js';
import type { Identifier } from './identifier.js';
import type { Value } from './match.js';
import { searchInMemory, searchLoggedModelsInMemory, type LoggedModelReader } from './search.js';

/** An item is its values by `kind.key`. */
type Item = Readonly<Record<string, Value | readonly Value[]>>;

const valuesOf = (item: Item, { kind, key }: Identifier): readonly Value[] => {
  const value = Object.hasOwn(item, `${kind}.${key}`) ? item[`${kind}.${key}`] : undefined;
  if (value === undefined) return [];
  return typeof value === 'object' ? value : [value];
};

function run(id: string, values: Item = {}): Item {
  return { 'attribute.run_id': id, 'attribute.start_time': 1000, ...values };
}

function foundRuns(items: readonly Item[], filter: string, orderBy?: readonly string[]): string {
  const found = searchInMemory('runs', items, valuesOf, { filter, ...(orderBy && { orderBy }) });
  return found.map((item) => String(item['attribute.run_id'])).join('');
}

describe('searchInMemory()', () => {
  const runs = [
    run('a', { 'metric.rmse': 1, 'tag.kind': 'Final', 'dataset.name': ['wells', 'rigs'] }),
    run('b', { 'metric.rmse': NaN, 'param.constructor': 'x', 'attribute.start_time': 2000 }),
    run('c', { 'tag.kind': 'draft', 'attribute.end_time': 5 }),
  ];

  it.each([
    ['', 'bac'],
    ['metrics.rmse > -1', 'a'],
    ['metrics.rmse != 1', 'b'],
    ['metrics.rmse = 1', 'a'],
    ["tags.kind LIKE 'F%'", 'a'],
    ["tags.kind LIKE 'f%'", ''],
    ["tags.kind ILIKE 'f%'", 'a'],
    ["tags.kind != 'Final'", 'c'],
    ['tags.kind IS NULL', 'b'],
    ['tags.kind IS NOT NULL AND metrics.rmse >= 1', 'a'],
    ["datasets.name = 'rigs'", 'a'],
    ["datasets.name != 'rigs'", 'a'],
    ["datasets.name NOT IN ('rigs', 'wells')", ''],
    ["run_id IN ('c', 'b')", 'bc'],
    ["run_id NOT IN ('c', 'b')", 'a'],
    ['end_time <= 5.5', 'c'],
    ["params.constructor = 'x'", 'b'],
    ["params.toString != 'x'", ''],
  ])('finds what meets "%s", newest first', (filter, ids) => {
    expect(foundRuns(runs, filter)).toBe(ids);
  });

  it('orders by keys, then by start, then by id', () => {
    expect(foundRuns(runs, '', ['metrics.rmse DESC'])).toBe('abc');
    expect(foundRuns([run('b'), run('c', { 'param.p': 'x' }), run('a')], '', ['params.p'])).toBe('cab');
  });

  it('reads no value that neither the filter nor the order asks for', () => {
    const read: string[] = [];
    const items = [
      run('a', { 'attribute.status': 'FINISHED', 'tag.x': '1' }),
      run('b', { 'attribute.status': 'RUNNING' }),
    ];
    const reading = (item: Item, identifier: Identifier): readonly Value[] => {
      read.push(`${String(item['attribute.run_id'])} ${identifier.key}`);
      return valuesOf(item, identifier);
    };
    searchInMemory('runs', items, reading, { filter: "metrics.m > 1 AND tags.x = '1' AND status = 'FINISHED'" });
    expect(read).toEqual(['a status', 'a x', 'a m', 'b status']);
  });

  it('hides prompts among registered models, as servers do, unless the filter asks for them', () => {
    const items = [
      { 'attribute.name': 'model' },
      { 'attribute.name': 'prompt', 'tag.mlflow.prompt.is_prompt': 'true' },
    ];
    const find = (filter: string): unknown[] =>
      searchInMemory('registeredModels', items, valuesOf, { filter }).map((item) => item['attribute.name']);
    expect(find('')).toEqual(['model']);
    expect(find("tags.`mlflow.prompt.is_prompt` != 'true'")).toEqual(['model']);
    expect(find("tags.`mlflow.prompt.is_prompt` = 'true'")).toEqual(['prompt']);
  });

  it('hides every version of a name that has a prompt among its versions', () => {
    const items = [
      { 'attribute.name': 'p', 'attribute.version_number': 1, 'tag.mlflow.prompt.is_prompt': 'true' },
      { 'attribute.name': 'p', 'attribute.version_number': 2 },
      { 'attribute.name': 'm', 'attribute.version_number': 1 },
    ];
    const found = searchInMemory('modelVersions', items, valuesOf, { filter: 'version_number > 0' });
    expect(found).toEqual([items[2]]);
  });
});

describe('searchLoggedModelsInMemory()', () => {
  interface Model {
    readonly id: string;
    readonly points: readonly RunMetric[];
  }
  const reader: LoggedModelReader<Model> = {
    valuesOf: ({ id }, { key }) => (key === 'model_id' ? [id] : key === 'creation_timestamp_ms' ? [1000] : []),
    pointsOf: ({ points }, key) => points.filter((point) => key === undefined || point.key === key),
  };
  const point = (value: number, dataset: string, timestamp = 1): RunMetric => {
    return { key: 'rmse', value, timestamp, step: 0, runId: 'r', datasetName: dataset, datasetDigest: `${dataset}1` };
  };
  const models: Model[] = [
    { id: 'a', points: [point(1, 'train'), point(9, 'test', 2)] },
    { id: 'b', points: [point(5, 'test')] },
    { id: 'c', points: [] },
  ];
  const find = (search: Parameters<typeof searchLoggedModelsInMemory>[2]): string =>
    searchLoggedModelsInMemory(models, reader, search)
      .map(({ id }) => id)
      .join('');

  it('finds a model of which any point meets the filter, on one of the datasets when they are named', () => {
    expect(find({ filter: 'metrics.rmse < 6' })).toBe('ab');
    expect(find({ filter: 'metrics.rmse < 6', datasets: [{ name: 'test' }] })).toBe('b');
    expect(find({ filter: 'metrics.rmse < 6', datasets: [{ name: 'test', digest: 'other' }] })).toBe('');
  });

  it('finds models measured on one of the datasets when the filter speaks of no metric', () => {
    expect(find({ datasets: [{ name: 'train', digest: 'train1' }] })).toBe('a');
    expect(find({})).toBe('abc');
  });

  it('orders by the newest point, of one dataset when it is named, and puts unmeasured models last', () => {
    expect(find({ orderBy: [{ fieldName: 'metrics.rmse' }] })).toBe('bac');
    expect(find({ orderBy: [{ fieldName: 'metrics.rmse', ascending: false }] })).toBe('abc');
    expect(find({ orderBy: [{ fieldName: 'metrics.rmse', datasetName: 'train' }] })).toBe('abc');
  });
});
