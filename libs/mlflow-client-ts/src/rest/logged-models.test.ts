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
const modelId = `m-${'b'.repeat(32)}`;
const wire = (info: object = {}, data: object = {}): object => ({
  info: { model_id: modelId, status: 'LOGGED_MODEL_PENDING', ...info },
  data,
});
const answer = (info: object = {}, data: object = {}): Answer => ({ body: { model: wire(info, data) } });

describe('createLoggedModel()', () => {
  it('finds what it made when the answer was lost, by the tag it sent', async () => {
    const foundAsSent: Reply = (calls) => ({ body: { models: [wire({ tags: tagsSent(calls) })] } });
    const model = { experimentId: '1', name: 'n', modelType: 't', sourceRunId: 'r', params: { p: '1' } };
    expect(await server.on('drop', foundAsSent).createLoggedModel(model)).toMatchObject({ modelId, status: 'PENDING' });
    expect(server.calls[0]?.json).toMatchObject({
      experiment_id: '1',
      name: 'n',
      model_type: 't',
      source_run_id: 'r',
      params: [{ key: 'p', value: '1' }],
    });
    const requestId = tagsSent(server.calls)[0]?.value;
    expect(server.calls[1]?.json).toEqual({
      experiment_ids: ['1'],
      filter: `tags.\`${requestTag}\` = '${requestId}'`,
      max_results: 1,
    });
  });
});

describe('changes of logged models', () => {
  it('end an upload with the id in the body as well', async () => {
    const client = server.on(answer({ status: 'LOGGED_MODEL_READY' }));
    expect((await client.finalizeLoggedModel(modelId, 'READY')).status).toBe('READY');
    expect(server.calls[0]).toMatchObject({
      method: 'PATCH',
      path: `/api/2.0/mlflow/logged-models/${modelId}`,
      json: { model_id: modelId, status: 'LOGGED_MODEL_READY' },
    });
  });

  it('set tags as pairs, and delete one by its encoded key', async () => {
    await server.on(done).setLoggedModelTags(modelId, { a: 'b' });
    expect(server.calls[0]).toMatchObject({ method: 'PATCH', json: { tags: [{ key: 'a', value: 'b' }] } });
    await server.on(done).deleteLoggedModelTag(modelId, 'a b:c');
    expect(server.calls[0]?.path).toBe(`/api/2.0/mlflow/logged-models/${modelId}/tags/a%20b%3Ac`);
  });

  it('refuse to delete a tag whose key no server can be told', async () => {
    const client = server.on(done);
    await expect(client.deleteLoggedModelTag(modelId, 'a/b')).rejects.toMatchObject({ code: 'MLFLOW_UNSUPPORTED' });
    expect(server.calls).toHaveLength(0);
  });

  it('are done when the state is reached though the answer was lost', async () => {
    await server.on('drop', absent).deleteLoggedModel(modelId);
    expect(server.calls).toHaveLength(2);
    await server.on('drop', answer()).deleteLoggedModelTag(modelId, 'k');
    expect(server.calls).toHaveLength(2);
    await server
      .on('drop', answer({}, { params: [{ key: 'p', value: '1' }] }))
      .logLoggedModelParams(modelId, { p: '1' });
    expect(server.calls).toHaveLength(2);
  });

  it('are repeated when they had no effect', async () => {
    await server
      .on('drop', answer({}, { params: [{ key: 'p', value: '2' }] }), done)
      .logLoggedModelParams(modelId, { p: '1' });
    expect(server.calls).toHaveLength(3);
    expect(server.calls[2]?.json).toEqual({ model_id: modelId, params: [{ key: 'p', value: '1' }] });
  });
});

describe('searchLoggedModels()', () => {
  it('sends everything but the token the same from page to page: a token holds for one search only', async () => {
    const search = {
      experimentIds: ['1'],
      filter: 'metrics.rmse < 1',
      datasets: [{ name: 'd', digest: 'x' }],
      orderBy: [{ fieldName: 'metrics.rmse', ascending: false, datasetName: 'd' }, { fieldName: 'name' }],
    };
    const page = (token?: string): Answer => ({
      body: { models: [wire()], ...(token !== undefined && { next_page_token: token }) },
    });
    await server.on(page('t'), page()).searchLoggedModels(search).all();
    const body = {
      experiment_ids: ['1'],
      filter: 'metrics.rmse < 1',
      datasets: [{ dataset_name: 'd', dataset_digest: 'x' }],
      order_by: [
        { field_name: 'metrics.rmse', ascending: false, dataset_name: 'd' },
        { field_name: 'name', ascending: true },
      ],
      max_results: 50,
    };
    expect(server.calls.map(({ json }) => json)).toEqual([body, { ...body, page_token: 't' }]);
  });
});

describe('getLoggedModel()', () => {
  it('keeps the latest point of each metric and dataset, of all that a server sends', async () => {
    const point = (step: number, dataset?: string): object => ({
      key: 'rmse',
      value: step,
      timestamp: 1,
      step,
      run_id: 'r',
      model_id: modelId,
      ...(dataset !== undefined && { dataset_name: dataset, dataset_digest: 'x' }),
    });
    const metrics = [point(0, 'd'), point(2, 'd'), point(1, 'd'), point(0)];
    const found = await server.on(answer({}, { metrics })).getLoggedModel(modelId);
    expect(found.metrics.map(({ step, datasetName, runId }) => [step, datasetName, runId])).toEqual([
      [2, 'd', 'r'],
      [0, undefined, 'r'],
    ]);
  });

  it('is MLFLOW_UNSUPPORTED on a server that is too old, and not found on others', async () => {
    const old = server.onServer(oldestServer, unknownEndpoint);
    await expect(old.getLoggedModel(modelId)).rejects.toMatchObject({ code: 'MLFLOW_UNSUPPORTED' });
    await expect(old.createLoggedModel({ experimentId: '1' })).rejects.toMatchObject({ code: 'MLFLOW_UNSUPPORTED' });
    await expect(old.searchLoggedModels({ experimentIds: ['1'] }).all()).rejects.toMatchObject({
      code: 'MLFLOW_UNSUPPORTED',
    });
    const newer = server.on(refusal(404, 'RESOURCE_DOES_NOT_EXIST'));
    await expect(newer.getLoggedModel(modelId)).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });
});
