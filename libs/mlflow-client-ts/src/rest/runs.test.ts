import { describe, expect, it } from 'vitest';
import type { Answer, Reply } from '../../testing/recording-server.js';
import { done, oldestServer, recordedGroups, tagsSent, unknownEndpoint } from '../../testing/rest-groups.js';
import type { MlmodelJson } from '../model/mlmodel.js';
import { requestTag } from './wire/request-tag.js';

const server = recordedGroups();
const runId = 'a'.repeat(32);
const wireRun = (changes: object = {}, parts: object = {}): object => ({
  info: { run_id: runId, experiment_id: '1', status: 'RUNNING', start_time: 5, lifecycle_stage: 'active', ...changes },
  ...parts,
});
const answered = (changes: object = {}, parts: object = {}): Answer => ({ body: { run: wireRun(changes, parts) } });
const lastPaths = (): (string | undefined)[] => server.calls.map(({ path }) => path.split('/').at(-1));

describe('createRun()', () => {
  it('always sends a start time: without, a server takes 1970', async () => {
    await server.on(answered()).createRun({ experimentId: '1', startTime: 5, runName: 'n' });
    expect(server.calls[0]?.json).toMatchObject({ experiment_id: '1', start_time: 5, run_name: 'n' });
    await server.on(answered()).createRun({ experimentId: '1' });
    expect((server.calls[0]?.json as { start_time: number }).start_time).toBeGreaterThan(1.6e12);
  });

  it('finds what it made when the answer was lost, by the tag it sent', async () => {
    const foundAsSent: Reply = (calls) => ({ body: { runs: [wireRun({}, { data: { tags: tagsSent(calls) } })] } });
    const run = await server.on('drop', foundAsSent).createRun({ experimentId: '1', tags: { k: 'v' } });
    expect(run).toMatchObject({ runId, tags: { k: 'v' } });
    const requestId = tagsSent(server.calls).find(({ key }) => key === requestTag)?.value;
    expect(server.calls[1]?.json).toEqual({
      experiment_ids: ['1'],
      filter: `tags.\`${requestTag}\` = '${requestId}'`,
      run_view_type: 'ALL',
      max_results: 1,
    });
  });

  it('is repeated with the same tag when nothing was made', async () => {
    await server.on('drop', { body: {} }, answered()).createRun({ experimentId: '1' });
    expect(lastPaths()).toEqual(['create', 'search', 'create']);
    expect(server.calls[2]?.json).toEqual(server.calls[0]?.json);
  });

  it('is not repeated when it cannot be found out whether it was made', async () => {
    const refused: Answer = { status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE', message: 'no' } };
    const created = server.on('drop', refused).createRun({ experimentId: '1' });
    await expect(created).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
    expect(server.calls).toHaveLength(2);
  });
});

describe('changes of runs', () => {
  it('count a delete as done when the run is deleted though the answer was lost', async () => {
    await server.on('drop', answered({ lifecycle_stage: 'deleted' })).deleteRun(runId);
    expect(lastPaths()).toEqual(['delete', 'get']);
    await server.on('drop', answered()).restoreRun(runId);
    expect(lastPaths()).toEqual(['restore', 'get']);
  });

  it('count the deletion of a tag as done when the tag is gone though the answer was lost', async () => {
    await server.on('drop', answered()).deleteTag(runId, 'k');
    expect(lastPaths()).toEqual(['delete-tag', 'get']);
  });

  it('send only what changes', async () => {
    await server.on(done).updateRun(runId, { status: 'FINISHED', endTime: 9 });
    expect(server.calls[0]?.json).toEqual({ run_id: runId, status: 'FINISHED', end_time: 9 });
  });
});

describe('searchRuns()', () => {
  it('follows pages to the end with the same search', async () => {
    const page = (token?: string): Answer => ({
      body: { runs: [wireRun()], ...(token !== undefined && { next_page_token: token }) },
    });
    const search = { experimentIds: ['1'], filter: 'metrics.a > 1', orderBy: ['metrics.a ASC'] };
    expect(await server.on(page('t1'), page('t2'), page()).searchRuns(search).all()).toHaveLength(3);
    const body = {
      experiment_ids: ['1'],
      filter: 'metrics.a > 1',
      order_by: ['metrics.a ASC'],
      run_view_type: 'ACTIVE_ONLY',
      max_results: 1000,
    };
    expect(server.calls.map(({ json }) => json)).toEqual([
      body,
      { ...body, page_token: 't1' },
      { ...body, page_token: 't2' },
    ]);
  });

  it('never asks for more than a server gives', async () => {
    await server
      .on({ body: {} })
      .searchRuns({ experimentIds: ['1'] })
      .page({ maxResults: 60_000 });
    expect(server.calls[0]?.json).toMatchObject({ max_results: 50_000 });
  });
});

describe('searchDatasets()', () => {
  it('asks for 20 experiments at a time, on the only path that works', async () => {
    const summary = { experiment_id: '1', name: 'd', digest: 'x', context: 'training' };
    const client = server.on({ body: { dataset_summaries: [summary] } });
    const ids = Array.from({ length: 41 }, (_, i) => String(i));
    expect(await client.searchDatasets(ids)).toHaveLength(3);
    expect(server.calls[0]?.path).toBe('/ajax-api/2.0/mlflow/experiments/search-datasets');
    expect(server.calls.flatMap(({ json }) => (json as { experiment_ids: string[] }).experiment_ids)).toEqual(ids);
  });
});

describe('logInputs()', () => {
  const dataset = (digest: string) => ({ name: 'd', digest, sourceType: 'local', source: '{}' });

  it('sends 1000 datasets at a time, and models once', async () => {
    const datasets = Array.from({ length: 2001 }, (_, i) => dataset(String(i)));
    await server.on(done).logInputs(runId, datasets, ['m-1']);
    const sent = server.calls.map(({ json }) => json as { datasets: object[]; models?: object[] });
    expect(sent.map((body) => body.datasets.length)).toEqual([1000, 1000, 1]);
    expect(sent.map((body) => body.models)).toEqual([[{ model_id: 'm-1' }], undefined, undefined]);
  });

  it('keeps the context as tag of the input', async () => {
    await server.on(done).logInputs(runId, [{ ...dataset('x'), context: 'training' }]);
    expect(server.calls[0]?.json).toMatchObject({
      datasets: [
        {
          dataset: { name: 'd', digest: 'x', source_type: 'local', source: '{}' },
          tags: [{ key: 'mlflow.data.context', value: 'training' }],
        },
      ],
    });
  });

  it('refuses models where a server would drop them without a word', async () => {
    const client = server.onServer(oldestServer, done);
    await expect(client.logInputs(runId, [], ['m-1'])).rejects.toMatchObject({ code: 'MLFLOW_UNSUPPORTED' });
    expect(server.calls).toHaveLength(0);
    await client.logInputs(runId, [dataset('x')]);
    expect(server.calls).toHaveLength(1);
  });
});

describe('logOutputs()', () => {
  const output = (modelId: string) => ({ model_id: modelId, step: 3 });
  const refused: Answer = { status: 400, body: { error_code: 'BAD_REQUEST', message: 'UNIQUE constraint failed' } };

  it('leaves out what the run has, where a database refuses it', async () => {
    const models = ['m-1', 'm-2'].map((modelId) => ({ modelId, step: 3 }));
    const known = answered({}, { outputs: { model_outputs: [output('m-1')] } });
    await server.on(refused, known, done).logOutputs(runId, models);
    expect(server.calls[2]?.json).toEqual({ run_id: runId, models: [output('m-2')] });
  });

  it('fails when the refusal has another reason', async () => {
    const failed = server.on(refused, answered()).logOutputs(runId, [{ modelId: 'm-1', step: 3 }]);
    await expect(failed).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('is MLFLOW_UNSUPPORTED on a server that is too old', async () => {
    const client = server.onServer(oldestServer, unknownEndpoint);
    const failed = client.logOutputs(runId, [{ modelId: 'm-1', step: 3 }]);
    await expect(failed).rejects.toMatchObject({ code: 'MLFLOW_UNSUPPORTED' });
  });
});

describe('recordModel()', () => {
  const mlmodel = {
    artifact_path: 'model',
    run_id: runId,
    utc_time_created: '2026-01-01 00:00:00.000000',
    model_uuid: 'uuid-1',
    flavors: { onnx: { data: 'model.onnx' } },
  } satisfies MlmodelJson;
  const history = (uuid: string): Answer => {
    const value = JSON.stringify([{ ...mlmodel, model_uuid: uuid }]);
    return answered({}, { data: { tags: [{ key: 'mlflow.log-model.history', value }] } });
  };

  it('does not list the model twice when the answer was lost', async () => {
    await server.on('drop', history('uuid-1')).recordModel(runId, mlmodel);
    expect(lastPaths()).toEqual(['log-model', 'get']);
  });

  it('is repeated when the list has only others', async () => {
    await server.on('drop', history('uuid-2'), done).recordModel(runId, mlmodel);
    expect(lastPaths()).toEqual(['log-model', 'get', 'log-model']);
  });
});

describe('getRun()', () => {
  it('reads every part of a run', async () => {
    const parts = {
      data: {
        metrics: [{ key: 'a', value: 'NaN', timestamp: 1, step: 0 }],
        params: [{ key: 'p', value: '' }],
        tags: [{ key: 't', value: 'v' }],
      },
      inputs: {
        dataset_inputs: [{ dataset: { name: 'd', digest: 'x', source_type: 's', source: 'u', schema: '{}' } }],
        model_inputs: [{ model_id: 'm-1' }],
      },
      outputs: { model_outputs: [output('m-2')] },
    };
    expect(await server.on(answered({ end_time: 9, user_id: 'u', run_name: 'n' }, parts)).getRun(runId)).toEqual({
      runId,
      runName: 'n',
      experimentId: '1',
      userId: 'u',
      status: 'RUNNING',
      startTime: 5,
      endTime: 9,
      artifactUri: '',
      lifecycleStage: 'active',
      metrics: { a: NaN },
      params: { p: '' },
      tags: { t: 'v' },
      inputs: [{ name: 'd', digest: 'x', sourceType: 's', source: 'u', schema: '{}' }],
      modelInputs: ['m-1'],
      modelOutputs: [{ modelId: 'm-2', step: 0 }],
    });
  });
});

function output(modelId: string): object {
  return { model_id: modelId };
}
