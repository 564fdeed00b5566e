import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServedStore, type ServedStore } from '../../testing/served-store.js';

describe('serveStore()', () => {
  let face: ServedStore;
  beforeAll(async () => {
    face = await startServedStore();
  });
  afterAll(() => face.stop());

  const newRun = async (name: string): Promise<{ experimentId: string; runId: string }> => {
    const experimentId = await face.store.ensureExperiment(name);
    const { runId } = await face.store.createRun({ experimentId, startTime: 1000, runName: 'one' });
    return { experimentId, runId };
  };

  it('answers probes in plain text', async () => {
    expect((await face.send({ path: '/health' })).text).toBe('OK');
    expect((await face.send({ path: '/version' })).text).toMatch(/^3\.\d+\.\d+\+mlflow-client-ts$/);
  });

  it('tells which kind of store it is', async () => {
    const { text } = await face.send({ path: '/ajax-api/3.0/mlflow/server-info' });
    expect(JSON.parse(text)).toMatchObject({ store_type: 'FileStore', server: 'mlflow-client-ts' });
  });

  it('sends a run with the times and steps of its latest points, and leaves out what is empty', async () => {
    const { experimentId, runId } = await newRun('whole run');
    await face.store.logBatch(runId, {
      metrics: [
        { key: 'loss', value: 1, timestamp: 10, step: 1 },
        { key: 'loss', value: NaN, timestamp: 20, step: 2 },
      ],
      params: { empty: '' },
    });
    const { status, json } = await face.call('GET', `runs/get?run_id=${runId}`);
    expect(status).toBe(200);
    expect(json).toEqual({
      run: {
        info: {
          run_id: runId,
          run_uuid: runId,
          run_name: 'one',
          experiment_id: experimentId,
          user_id: expect.any(String),
          status: 'RUNNING',
          start_time: 1000,
          artifact_uri: `mlflow-artifacts:/${experimentId}/${runId}/artifacts`,
          lifecycle_stage: 'active',
        },
        data: {
          metrics: [{ key: 'loss', value: 'NaN', timestamp: 20, step: 2 }],
          params: [{ key: 'empty', value: '' }],
          tags: [{ key: 'mlflow.runName', value: 'one' }],
        },
        inputs: {},
        outputs: {},
      },
    });
  });

  it('answers a search that finds nothing with an empty object', async () => {
    expect(await face.call('POST', 'runs/search', { experiment_ids: ['987654'] })).toEqual({ status: 200, json: {} });
    expect(await face.call('GET', 'registered-models/search?filter=name%3D%27none%27')).toEqual({
      status: 200,
      json: {},
    });
  });

  it('takes numbers as texts, NaN, and the names and numbers of a status', async () => {
    const { runId } = await newRun('numbers');
    const point = { run_id: runId, key: 'm', value: 'NaN', timestamp: '5', step: '7' };
    expect((await face.call('POST', 'runs/log-metric', point)).status).toBe(200);
    expect(await face.store.getMetricHistory(runId, 'm')).toEqual([{ key: 'm', value: NaN, timestamp: 5, step: 7 }]);
    const { json } = await face.call('POST', 'runs/update', { run_id: runId, status: 3, end_time: 9 });
    expect(json).toMatchObject({ run_info: { status: 'FINISHED', end_time: 9 } });
    expect((await face.call('POST', 'runs/update', { run_id: runId, status: 'DONE' })).status).toBe(400);
  });

  it('searches experiments by GET and by POST', async () => {
    const { experimentId } = await newRun('by both');
    const expected = { experiments: [{ experiment_id: experimentId, name: 'by both' }] };
    const filter = "name = 'by both'";
    expect((await face.call('POST', 'experiments/search', { filter, max_results: 5 })).json).toMatchObject(expected);
    const path = `experiments/search?max_results=5&filter=${encodeURIComponent(filter)}`;
    expect((await face.call('GET', path)).json).toMatchObject(expected);
  });

  it.each([
    ['experiments/create', {}, 'name'],
    ['runs/log-metric', { run_id: 'a', key: 'k', value: 1 }, 'timestamp'],
    ['runs/log-batch', { run_id: 'a', metrics: [{ key: 'k', value: 1 }] }, 'metrics[0].timestamp'],
    ['runs/log-batch', { run_id: 'a', tags: [{ value: 'v' }] }, 'tags[0].key'],
    ['registered-models/create', { name: '' }, 'name'],
  ])('refuses %s without a required field, and names it', async (path, body, field) => {
    const { status, json } = await face.call('POST', path, body);
    expect(status).toBe(400);
    expect(json).toEqual({
      error_code: 'INVALID_PARAMETER_VALUE',
      message: `Missing value for required parameter "${field}"`,
    });
  });

  it.each([
    ['runs/search', { experiment_ids: '1' }],
    ['runs/search', { max_results: 'many' }],
    ['runs/search', { max_results: 0 }],
    ['runs/search', { run_view_type: true }],
    ['runs/create', { experiment_id: 5 }],
    ['runs/log-batch', { run_id: 'a', metrics: [5] }],
    ['model-versions/transition-stage', { name: 'm', version: 1, stage: 'None' }],
  ])('refuses %s with a value of the wrong type', async (path, body) => {
    const { status, json } = await face.call('POST', path, body);
    expect(status).toBe(400);
    expect(json).toMatchObject({ error_code: 'INVALID_PARAMETER_VALUE' });
  });

  it('takes DELETE with a JSON body', async () => {
    await face.store.createRegisteredModel({ name: 'to-delete' });
    expect(await face.call('DELETE', 'registered-models/delete', { name: 'to-delete' })).toEqual({
      status: 200,
      json: {},
    });
    expect(await face.store.findRegisteredModel('to-delete')).toBeUndefined();
  });

  it('answers errors with the codes and statuses of a server', async () => {
    await face.store.createRegisteredModel({ name: 'taken' });
    const codes = async (method: string, path: string, body?: object): Promise<unknown> => {
      const { status, json } = await face.call(method, path, body);
      return [status, json['error_code']];
    };
    expect(await codes('GET', 'runs/get?run_id=absent')).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
    expect(await codes('POST', 'registered-models/create', { name: 'taken' })).toEqual([
      400,
      'RESOURCE_ALREADY_EXISTS',
    ]);
    expect(await codes('GET', 'registered-models/alias?name=taken&alias=none')).toEqual([
      400,
      'INVALID_PARAMETER_VALUE',
    ]);
    expect(await codes('GET', 'webhooks')).toEqual([501, 'NOT_IMPLEMENTED']);
    expect(await codes('GET', 'nonsense')).toEqual([404, 'ENDPOINT_NOT_FOUND']);
    expect(await codes('DELETE', 'runs/search', {})).toEqual([405, 'ENDPOINT_NOT_FOUND']);
  });

  it('refuses a batch over the limits of a server', async () => {
    const { runId } = await newRun('limits');
    const params = Array.from({ length: 101 }, (_, i) => ({ key: `p${i}`, value: '1' }));
    const metrics = Array.from({ length: 1001 }, (_, i) => ({ key: 'm', value: i, timestamp: 1, step: i }));
    expect((await face.call('POST', 'runs/log-batch', { run_id: runId, params })).status).toBe(400);
    expect((await face.call('POST', 'runs/log-batch', { run_id: runId, metrics })).status).toBe(400);
    const most = { run_id: runId, params: params.slice(1), metrics: metrics.slice(101) };
    expect((await face.call('POST', 'runs/log-batch', most)).status).toBe(200);
  });

  it('refuses a param that stands twice in a batch', async () => {
    const { runId } = await newRun('twice');
    const params = [
      { key: 'p', value: '1' },
      { key: 'p', value: '2' },
    ];
    expect((await face.call('POST', 'runs/log-batch', { run_id: runId, params })).status).toBe(400);
  });

  it('gives pages by token', async () => {
    const { experimentId } = await newRun('pages');
    await face.store.createRun({ experimentId, startTime: 2000, runName: 'two' });
    const search = { experiment_ids: [experimentId], max_results: 1 };
    const first = (await face.call('POST', 'runs/search', search)).json;
    expect(first).toMatchObject({ runs: [{ info: { run_name: 'two' } }], next_page_token: expect.any(String) });
    const second = await face.call('POST', 'runs/search', { ...search, page_token: first['next_page_token'] });
    expect(second.json).toMatchObject({ runs: [{ info: { run_name: 'one' } }] });
    expect(second.json).not.toHaveProperty('next_page_token');
  });

  it('registers a version by the address that clients know, and keeps one the store knows', async () => {
    const { experimentId, runId } = await newRun('versions');
    await face.store.createRegisteredModel({ name: 'm' });
    const source = `mlflow-artifacts:/${experimentId}/${runId}/artifacts/my model`;
    const made = await face.call('POST', 'model-versions/create', { name: 'm', source, run_id: runId });
    expect(made.json).toMatchObject({ model_version: { version: '1', source, run_id: runId } });
    const { artifactUri } = await face.store.getRun(runId);
    expect((await face.store.getModelVersion('m', '1')).source).toBe(`${artifactUri}/my%20model`);
    const { json } = await face.call('GET', 'model-versions/get-download-uri?name=m&version=1');
    expect(json).toEqual({ artifact_uri: source });
  });

  it.each(['/etc', 'file:///etc', '../secrets', 'mlflow-artifacts:/1/../../etc'])(
    'registers no version of the folder %s',
    async (source) => {
      await face.store.ensureRegisteredModel('local');
      const { status } = await face.call('POST', 'model-versions/create', { name: 'local', source });
      expect(status).toBe(400);
    },
  );

  it.each(['/etc', 'file:///etc', 'etc', 'mlflow-artifacts:/x'])(
    'creates no experiment with artifacts at %s',
    async (location) => {
      const body = { name: `at ${location}`, artifact_location: location };
      expect((await face.call('POST', 'experiments/create', body)).status).toBe(400);
      expect(await face.store.findExperimentByName(`at ${location}`)).toBeUndefined();
    },
  );

  it('creates an experiment with artifacts on a storage of its own', async () => {
    const body = { name: 'in a bucket', artifact_location: 's3://bucket/x' };
    const { json } = await face.call('POST', 'experiments/create', body);
    expect((await face.store.getExperiment(String(json['experiment_id']))).artifactLocation).toBe('s3://bucket/x');
  });
});
