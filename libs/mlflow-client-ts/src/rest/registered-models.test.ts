import { describe, expect, it } from 'vitest';
import type { Answer, Reply } from '../../testing/recording-server.js';
import { absent, done, newestServer, recordedGroups, refusal, tagsSent } from '../../testing/rest-groups.js';

const server = recordedGroups();
const taken = refusal(400, 'RESOURCE_ALREADY_EXISTS');
const model = (name: string, parts: object = {}): Answer => ({ body: { registered_model: { name, ...parts } } });
const lastPaths = (): (string | undefined)[] => server.calls.map(({ path }) => path.split('/').at(-1));

describe('createRegisteredModel()', () => {
  it('finds what it made when the answer was lost', async () => {
    const foundAsSent: Reply = (calls) => model('m', { tags: tagsSent(calls), description: 'd' });
    const made = await server.on('drop', foundAsSent).createRegisteredModel({ name: 'm', description: 'd' });
    expect(made).toMatchObject({ name: 'm', description: 'd', tags: {} });
    expect(lastPaths()).toEqual(['create', 'get']);
  });

  it('is refused when the name is taken, also after a lost answer', async () => {
    const client = server.on('drop', model('m'), taken);
    await expect(client.createRegisteredModel({ name: 'm' })).rejects.toMatchObject({
      code: 'RESOURCE_ALREADY_EXISTS',
    });
  });

  it('is no matter for ensureRegisteredModel()', async () => {
    await server.on(taken).ensureRegisteredModel('m');
    expect(server.calls).toHaveLength(1);
    const broken = server.on(refusal(403, 'PERMISSION_DENIED'));
    await expect(broken.ensureRegisteredModel('m')).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  });
});

describe('deletes in the registry', () => {
  it.each([
    ['deleteRegisteredModel', 'delete', { name: 'm' }],
    ['deleteRegisteredModelTag', 'delete-tag', { name: 'm', key: 'k' }],
    ['deleteRegisteredModelAlias', 'alias', { name: 'm', alias: 'k' }],
  ] as const)('carry their arguments as JSON: %s()', async (name, path, json) => {
    await server.on(done)[name]('m', 'k');
    expect(server.calls[0]).toMatchObject({
      method: 'DELETE',
      path: `/api/2.0/mlflow/registered-models/${path}`,
      query: {},
      json,
    });
  });

  it('are done when the model is gone though the answer was lost', async () => {
    await server.on('drop', absent).deleteRegisteredModel('m');
    expect(lastPaths()).toEqual(['delete', 'get']);
    await expect(server.on(absent).deleteRegisteredModel('m')).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
    });
  });
});

describe('renameRegisteredModel()', () => {
  it('is done when the old name is gone and the new one there, though the answer was lost', async () => {
    expect((await server.on('drop', absent, model('n')).renameRegisteredModel('m', 'n')).name).toBe('n');
    expect(server.calls[0]?.json).toEqual({ name: 'm', new_name: 'n' });
  });

  it('is refused on a server over a file store, which would lose aliases and stop half-way', async () => {
    const client = server.onServer({ ...newestServer, storeType: 'FileStore' }, done);
    await expect(client.renameRegisteredModel('m', 'n')).rejects.toMatchObject({ code: 'MLFLOW_UNSUPPORTED' });
    expect(server.calls).toHaveLength(0);
  });
});

describe('searchRegisteredModels()', () => {
  it('sends order and filter in the address, and reads aliases', async () => {
    const found = { name: 'm', aliases: [{ alias: 'a', version: '2' }], tags: [{ key: 'k', value: 'v' }] };
    const client = server.on({ body: { registered_models: [found] } });
    const models = await client.searchRegisteredModels({ filter: "name = 'm'", orderBy: ['name ASC', 'x'] }).all();
    expect(models).toMatchObject([{ name: 'm', aliases: { a: '2' }, tags: { k: 'v' } }]);
    expect(server.calls[0]?.queryValues).toEqual({
      filter: ["name = 'm'"],
      order_by: ['name ASC', 'x'],
      max_results: ['1000'],
    });
  });
});

describe('getLatestVersions()', () => {
  it('joins aliases, by one question, and puts the stages in order', async () => {
    const versions = [
      { name: 'm', version: '3', current_stage: 'Production' },
      { name: 'm', version: '1', current_stage: 'None' },
    ];
    const client = server.on(
      { body: { model_versions: versions } },
      model('m', { aliases: [{ alias: 'a', version: '3' }] }),
    );
    const found = await client.getLatestVersions('m', ['None', 'Production']);
    expect(found.map(({ version, aliases }) => [version, aliases])).toEqual([['1', []], ['3', ['a']]]); // prettier-ignore
    expect(server.calls[0]?.json).toEqual({ name: 'm', stages: ['None', 'Production'] });
    expect(server.calls).toHaveLength(2);
  });

  it('leaves the stages out for all of them', async () => {
    await server.on({ body: {} }).getLatestVersions('m');
    expect(server.calls[0]?.json).toEqual({ name: 'm' });
  });
});
