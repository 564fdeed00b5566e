import { describe, expect, it } from 'vitest';
import type { Answer, Reply } from '../../testing/recording-server.js';
import {
  absent,
  done,
  oldestServer,
  recordedGroups,
  refusal,
  tagsSent,
  unknownEndpoint,
} from '../../testing/rest-groups.js';
import { requestTag } from './wire/request-tag.js';

const server = recordedGroups();
const taken = refusal(400, 'RESOURCE_ALREADY_EXISTS');
const found = (stage: string, tags: object[] = []): Answer => ({
  body: { experiment: { experiment_id: '7', name: 'a', lifecycle_stage: stage, tags } },
});
const foundAsSent: Reply = (calls) => found('active', tagsSent(calls));

describe('createExperiment()', () => {
  it('sends name, place of artifacts, and tags with one more to find it by', async () => {
    const client = server.on({ body: { experiment_id: '7' } });
    expect(await client.createExperiment({ name: 'a', artifactLocation: 's3://b', tags: { k: 'v' } })).toBe('7');
    expect(server.calls[0]).toMatchObject({ method: 'POST', path: '/api/2.0/mlflow/experiments/create' });
    expect(server.calls[0]?.json).toEqual({
      name: 'a',
      artifact_location: 's3://b',
      tags: [
        { key: 'k', value: 'v' },
        { key: requestTag, value: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown },
      ],
    });
  });

  it('finds what it made when the answer was lost, and makes no second one', async () => {
    expect(await server.on('drop', foundAsSent).createExperiment({ name: 'a' })).toBe('7');
    expect(server.calls.map(({ path }) => path.split('/').at(-1))).toEqual(['create', 'get-by-name']);
  });

  it('tells that the name is taken when the one of that name is not what it made', async () => {
    const client = server.on('drop', found('active', [{ key: requestTag, value: 'of another call' }]), taken);
    await expect(client.createExperiment({ name: 'a' })).rejects.toMatchObject({ code: 'RESOURCE_ALREADY_EXISTS' });
    expect(server.calls).toHaveLength(3);
  });
});

describe('ensureExperiment()', () => {
  it('gives the id of the experiment of that name', async () => {
    expect(await server.on(found('active')).ensureExperiment('a')).toBe('7');
    expect(server.calls).toHaveLength(1);
  });

  it('makes it only once when another caller is faster', async () => {
    expect(await server.on(absent, taken, found('active')).ensureExperiment('a')).toBe('7');
  });

  it('refuses a deleted one', async () => {
    const client = server.on(found('deleted'));
    await expect(client.ensureExperiment('a')).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  });
});

describe('searchExperiments()', () => {
  it('always names a page size, a view and an order', async () => {
    await server.on({ body: {} }).searchExperiments().all();
    expect(server.calls[0]?.json).toEqual({
      max_results: 1000,
      order_by: ['last_update_time DESC'],
      view_type: 'ACTIVE_ONLY',
    });
  });

  it('sends a filter that was built as its text', async () => {
    const filter = { entity: 'experiments', text: "name LIKE 'a%'" } as const;
    await server
      .on({ body: {} })
      .searchExperiments({ filter, orderBy: ['name ASC'], viewType: 'ALL' })
      .all(5);
    expect(server.calls[0]?.json).toEqual({
      filter: "name LIKE 'a%'",
      max_results: 5,
      order_by: ['name ASC'],
      view_type: 'ALL',
    });
  });
});

describe('changes of experiments', () => {
  it('leave out of tags what only this client writes', async () => {
    const client = server.on(found('active', [{ key: 'k', value: 'v' }, { key: requestTag, value: 'u' }])); // prettier-ignore
    expect((await client.getExperiment('7')).tags).toEqual({ k: 'v' });
  });

  it('rename with new_name', async () => {
    await server.on(done).renameExperiment('7', 'b');
    expect(server.calls[0]?.json).toEqual({ experiment_id: '7', new_name: 'b' });
  });

  it('count a delete and a restore as done when the state is reached though the answer was lost', async () => {
    await server.on('drop', found('deleted')).deleteExperiment('7');
    expect(server.calls).toHaveLength(2);
    await server.on('drop', found('active')).restoreExperiment('7');
    expect(server.calls).toHaveLength(2);
  });

  it('repeat a delete that had no effect', async () => {
    await server.on('drop', found('active'), done).deleteExperiment('7');
    expect(server.calls.map(({ path }) => path.split('/').at(-1))).toEqual(['delete', 'get', 'delete']);
  });
});

describe('deleteExperimentTag()', () => {
  it('is content when the tag is absent, but not when the experiment is', async () => {
    await server.on(absent, found('active')).deleteExperimentTag('7', 'k');
    const client = server.on(absent);
    await expect(client.deleteExperimentTag('7', 'k')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });

  it('is MLFLOW_UNSUPPORTED on a server that is too old', async () => {
    const client = server.onServer(oldestServer, unknownEndpoint);
    await expect(client.deleteExperimentTag('7', 'k')).rejects.toMatchObject({
      code: 'MLFLOW_UNSUPPORTED',
      details: { serverVersion: '2.9.2' },
    });
    await expect(client.deleteExperimentTag('7', 'k')).rejects.toThrow('it takes MLflow 3.2');
  });

  it('fails with the page on a newest server: something else is wrong there', async () => {
    const client = server.on(unknownEndpoint);
    await expect(client.deleteExperimentTag('7', 'k')).rejects.toMatchObject({ code: 'MLFLOW_BAD_RESPONSE' });
  });
});
