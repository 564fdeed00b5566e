import { describe, expect, it } from 'vitest';
import type { Answer, Reply } from '../../testing/recording-server.js';
import { absent, done, oldestServer, recordedGroups, refusal, tagsSent } from '../../testing/rest-groups.js';
import { requestTag } from './wire/request-tag.js';

const server = recordedGroups();
const runId = 'a'.repeat(32);
const modelId = `m-${'b'.repeat(32)}`;
const wire = (version: string, parts: object = {}, name = 'm'): object => ({ name, version, ...parts });
const answer = (version: string, parts: object = {}): Answer => ({ body: { model_version: wire(version, parts) } });
const lastPaths = (): (string | undefined)[] => server.calls.map(({ path }) => path.split('/').at(-1));

describe('createModelVersion()', () => {
  it('finds what it made when the answer was lost, by the tag it sent', async () => {
    const foundAsSent: Reply = (calls) => ({ body: { model_versions: [wire('1', { tags: tagsSent(calls) })] } });
    const made = await server
      .on('drop', foundAsSent)
      .createModelVersion({ name: 'm', source: 's3://b', tags: { k: 'v' } });
    expect(made).toMatchObject({ version: '1', tags: { k: 'v' } });
    const requestId = tagsSent(server.calls).find(({ key }) => key === requestTag)?.value;
    expect(server.calls[1]?.query).toEqual({
      filter: `name = 'm' and tags.\`${requestTag}\` = '${requestId}'`,
      max_results: '1',
    });
  });

  it('names the run of the source, which a server wants to be told', async () => {
    await server.on(answer('1')).createModelVersion({ name: 'm', source: `runs:/${runId}/model` });
    expect(server.calls[0]?.json).toMatchObject({ source: `runs:/${runId}/model`, run_id: runId });
    await server.on(answer('1')).createModelVersion({ name: 'm', source: `runs:/${runId}/model`, runId: 'other' });
    expect(server.calls[0]?.json).toMatchObject({ run_id: 'other' });
  });

  it('names the logged model of the source, when there is one', async () => {
    const found = { body: { model: { info: { model_id: modelId } } } };
    await server.on(found, answer('1')).createModelVersion({ name: 'm', source: `models:/${modelId}` });
    expect(server.calls[1]?.json).toMatchObject({ source: `models:/${modelId}`, model_id: modelId });
  });

  it.each([`models:/${modelId}`, 'models:/other/7'])(
    'does not try with %s when that does not exist',
    async (source) => {
      const client = server.on(absent);
      await expect(client.createModelVersion({ name: 'm', source })).rejects.toMatchObject({
        code: 'RESOURCE_DOES_NOT_EXIST',
      });
      expect(lastPaths()).not.toContain('create');
    },
  );

  it('refuses a logged model where a server would drop it without a word', async () => {
    const client = server.onServer(oldestServer, done);
    const version = { name: 'm', source: 's3://b', modelId };
    await expect(client.createModelVersion(version)).rejects.toMatchObject({ code: 'MLFLOW_UNSUPPORTED' });
    expect(server.calls).toHaveLength(0);
  });
});

describe('searchModelVersions()', () => {
  it('joins aliases, asking once for each model of a page', async () => {
    const page = (versions: object[], token?: string): Answer => ({
      body: { model_versions: versions, ...(token !== undefined && { next_page_token: token }) },
    });
    const aliases: Reply = (calls) => {
      const name = calls.at(-1)?.query['name'] ?? '';
      return { body: { registered_model: { name, aliases: [{ alias: `best of ${name}`, version: '2' }] } } };
    };
    const firstPage = page([wire('1'), wire('2'), wire('2', {}, 'n')], 't');
    const found = await server
      .on(firstPage, aliases, aliases, page([wire('3')]), aliases)
      .searchModelVersions()
      .all();
    expect(found.map((version) => version.aliases)).toEqual([[], ['best of m'], ['best of n'], []]);
    expect(lastPaths()).toEqual(['search', 'get', 'get', 'search', 'get']);
    expect(server.calls[0]?.query).toEqual({ order_by: 'last_updated_timestamp DESC', max_results: '1000' });
  });
});

describe('listModelVersions()', () => {
  it('quotes the name with what it does not contain, and puts the highest number first', async () => {
    const client = server.on({ body: { model_versions: [wire('9'), wire('10')] } }, absent);
    const found = await client.listModelVersions("driller's");
    expect(found.map(({ version }) => version)).toEqual(['10', '9']);
    expect(server.calls[0]?.query).toMatchObject({ filter: `name = "driller's"` });
  });

  it('asks for no aliases when there are no versions', async () => {
    expect(await server.on({ body: {} }).listModelVersions('m')).toEqual([]);
    expect(server.calls).toHaveLength(1);
  });
});

describe('findModelVersionByAlias()', () => {
  it('takes the refusal of an unknown alias (HTTP 400) and an unknown model for nothing found', async () => {
    expect(await server.on(refusal(400, 'INVALID_PARAMETER_VALUE')).findModelVersionByAlias('m', 'a')).toBeUndefined();
    expect(await server.on(absent).findModelVersionByAlias('m', 'a')).toBeUndefined();
    const denied = server.on(refusal(403, 'PERMISSION_DENIED'));
    await expect(denied.findModelVersionByAlias('m', 'a')).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  });
});

describe('deleteModelVersion()', () => {
  it('deletes the aliases first, which a server would leave dangling', async () => {
    await server.on(answer('2', { aliases: ['a', 'b'] }), done).deleteModelVersion('m', '2');
    expect(server.calls.slice(1).map(({ method, json }) => [method, json])).toEqual([
      ['DELETE', { name: 'm', alias: 'a' }],
      ['DELETE', { name: 'm', alias: 'b' }],
      ['DELETE', { name: 'm', version: '2' }],
    ]);
  });

  it('is done when the version is gone though the answer was lost', async () => {
    await server.on(answer('2'), 'drop', absent).deleteModelVersion('m', '2');
    expect(lastPaths()).toEqual(['get', 'delete', 'get']);
  });
});

describe('changes of versions', () => {
  it('send versions as texts, and read the version with its aliases after them', async () => {
    const moved = await server
      .on(done, answer('2', { aliases: ['b', 'a'] }))
      .transitionModelVersionStage('m', '2', 'Staging', true);
    expect(moved.aliases).toEqual(['a', 'b']);
    expect(server.calls[0]?.json).toEqual({
      name: 'm',
      version: '2',
      stage: 'Staging',
      archive_existing_versions: true,
    });
    await server.on(done, answer('2')).updateModelVersion('m', '2', 'd');
    expect(server.calls[0]).toMatchObject({ method: 'PATCH', json: { name: 'm', version: '2', description: 'd' } });
  });

  it('delete a tag with a JSON body', async () => {
    await server.on(done).deleteModelVersionTag('m', '2', 'k');
    expect(server.calls[0]).toMatchObject({ method: 'DELETE', query: {}, json: { name: 'm', version: '2', key: 'k' } });
  });
});

describe('getModelVersionDownloadUri()', () => {
  const place = (uri: string): Answer => ({ body: { artifact_uri: uri } });
  const run: Answer = { body: { run: { info: { run_id: runId, artifact_uri: 's3://b/1/artifacts/' } } } };
  const model: Answer = { body: { model: { info: { artifact_uri: 's3://b/m/artifacts' } } } };

  it.each([
    ['s3://b/x', undefined, 's3://b/x'],
    [`runs:/${runId}/a/b`, run, 's3://b/1/artifacts/a/b'],
    [`runs:/${runId}`, run, 's3://b/1/artifacts/'],
    [`models:/${modelId}`, model, 's3://b/m/artifacts'],
  ])('of %s is where its files are', async (source, owner, expected) => {
    const client = server.on(place(source), ...(owner === undefined ? [] : [owner]));
    expect(await client.getModelVersionDownloadUri('m', '1')).toBe(expected);
  });
});
