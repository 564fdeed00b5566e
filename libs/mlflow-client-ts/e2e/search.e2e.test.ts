import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isMlflowError, openMlflow, runFilter, type LoggedModelOrder, type MlflowClient } from '../src/index.js';
import type { Filter, SearchEntity } from '../src/search/filter-builder.js';
import { describeWithMlflow, startRealServer, type RealServer } from './real-server.js';
import { writeSamples, type Labels } from './search/sample-data.js';
import { fillIn, sampleSearches, type SampleSearch } from './search/sample-filters.js';

// Everything that a lexer of SQL, or Python's reader of lists, could take for something else.
const awkward = [
  ...["it's", 'say "x"', 'C:\\dir', "it\\'s", 'say \\"x', "a''b", 'a""b', 'x\ny', '', ' ', '%_', '😀', '\\n'],
  ...[' AND ', "tags.a = 'x", '--', '/* */', ';', '`', '(a)', '$$', '?', ':a', '@a', '[a]', '#', 'NULL', '1e5'],
];
const awkwardInLists = [...awkward, `both ' and "`, 'ends with \\', 'tab\tbell\x07', '\r\n'];

interface Searched {
  readonly client: MlflowClient;
  readonly labels: Labels;
}

type Find = (searched: Searched, filter: string, orderBy: readonly string[]) => Promise<readonly string[]>;

const finders: Readonly<Record<SearchEntity, Find>> = {
  runs: async ({ client, labels }, filter, orderBy) => {
    const experimentIds = [labels.get('experiment') ?? ''];
    return (await client.searchRuns({ experimentIds, filter, orderBy }).all()).map(({ runName }) => runName);
  },
  experiments: async ({ client }, filter, orderBy) => {
    const found = await client.searchExperiments({ filter, orderBy }).all();
    return found.map(({ name }) => name).filter((name) => name !== 'Default'); // its time is that of the store
  },
  registeredModels: async ({ client }, filter, orderBy) =>
    (await client.searchRegisteredModels({ filter, orderBy }).all()).map(({ name }) => name),
  modelVersions: async ({ client }, filter, orderBy) => {
    const found = await client.searchModelVersions({ filter, orderBy }).all();
    return found.map(({ name, version }) => `${name} v${version}`);
  },
  loggedModels: async ({ client, labels }, filter, orderBy) => {
    const experimentIds = [labels.get('experiment') ?? ''];
    const search = { experimentIds, filter, orderBy: orderBy.map(toOrder) };
    // Always with a digest: a server takes a name alone for points that have no digest; see the README.
    const datasets = ['wells', 'Rigs'].map((name) => ({ name, digest: `${name}1` }));
    const bound = filter.length % 2 === 0 ? {} : { datasets };
    return (await client.searchLoggedModels({ ...search, ...bound }).all()).map(({ name }) => name);
  },
};

function toOrder(text: string): LoggedModelOrder {
  const [fieldName = '', direction] = text.split(/ (?=asc$|desc$)/i);
  const isBound = fieldName.startsWith('metrics.') && text.length % 2 === 0;
  return { fieldName, ascending: direction?.toLowerCase() !== 'desc', ...(isBound && { datasetName: 'wells' }) };
}

/** The names that are found, or that the search is refused. */
async function outcome(find: Find, searched: Searched, { filter, orderBy }: SampleSearch): Promise<string> {
  try {
    return (await find(searched, fillIn(filter, searched.labels), orderBy)).join(', ');
  } catch (error) {
    // A server answers some refusals as errors of its own.
    if (isMlflowError(error, 'INVALID_PARAMETER_VALUE') || (isMlflowError(error) && error.httpStatus === 500))
      return 'refused';
    throw error;
  }
}

describeWithMlflow('search in a file store', () => {
  let folder: string;
  let server: RealServer;
  let own: Searched;
  let real: Searched;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-search-'));
    server = await startRealServer();
    const store = openMlflow({ trackingUri: `file:${folder}`, fsync: false });
    const rest = openMlflow({ trackingUri: server.url, env: {}, maxAttempts: 1 });
    own = { client: store, labels: await writeSamples(store) };
    real = { client: rest, labels: await writeSamples(rest) };
  });
  afterAll(async () => {
    await (server as RealServer | undefined)?.stop(); // absent when it could not be started
    await rm(folder, { recursive: true });
  });

  it.each([
    ['runs', 300],
    ['experiments', 120],
    ['registeredModels', 100],
    ['modelVersions', 120],
    ['loggedModels', 200],
  ] as const)(
    'finds the same %s in the same order as a server over SQLite, or refuses the same',
    async (entity, count) => {
      const outcomes: string[] = [];
      for (const search of sampleSearches(entity, count)) {
        const expected = await outcome(finders[entity], real, search);
        expect({ ...search, found: await outcome(finders[entity], own, search) }).toEqual({
          ...search,
          found: expected,
        });
        outcomes.push(expected);
      }
      expect(new Set(outcomes).size).toBeGreaterThan(count / 10); // they were not all found, empty or refused
    },
  );

  it('finds by built filters what has awkward values, and nothing else, as a server does', async () => {
    for (const { client } of [own, real]) {
      const experimentId = await client.createExperiment({ name: 'awkward' });
      for (const [index, value] of awkwardInLists.entries()) {
        const { runId } = await client.createRun({ experimentId, runName: String(index) });
        await client.logBatch(runId, { tags: { 'a key/b': value } });
        await client.logInputs(runId, [{ name: `d ${value}`, digest: 'd', sourceType: 'local', source: '{}' }]);
      }
      const find = async (filter: Filter<'runs'>): Promise<string[]> =>
        (await client.searchRuns({ experimentIds: [experimentId], filter }).all()).map(({ runName }) => runName);
      for (const [index, value] of awkward.entries()) {
        const found = await find(runFilter(({ tag }) => [tag('a key/b').equals(value)]));
        expect([value, found]).toEqual([value, [String(index)]]);
      }
      for (const [index, value] of awkwardInLists.entries()) {
        const found = await find(runFilter(({ dataset }) => [dataset('name').in([`d ${value}`, 'other'])]));
        expect([value, found]).toEqual([value, [String(index)]]);
      }
    }
  });
});
