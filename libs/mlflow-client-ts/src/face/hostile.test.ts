import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServedStore, type ServedStore } from '../../testing/served-store.js';
import { endpoints, type EndpointName } from './endpoints.js';

const names = Object.keys(endpoints) as EndpointName[];

// Values that fields are made of, right and wrong.
const ids = [
  '0',
  '1',
  'run',
  'model',
  '..',
  'a/b',
  '',
  '__proto__',
  'constructor',
  '\u0000',
  'x'.repeat(300),
  '%2e%2e',
];
const keys = [
  ...['experiment_id', 'experiment_ids', 'run_id', 'run_uuid', 'run_ids', 'name', 'new_name', 'key', 'value', 'timestamp', 'step'],
  ...['filter', 'order_by', 'max_results', 'page_token', 'metrics', 'params', 'tags', 'datasets', 'models', 'dataset', 'status'],
  ...['version', 'alias', 'stage', 'source', 'description', 'model_id', 'metric_key', 'path', 'model_json', 'artifact_location'],
  ...['experiment_name', 'view_type', 'run_view_type', 'stages', 'start_step', 'end_step', '__proto__'],
]; // prettier-ignore

const leaf = fc.oneof(
  fc.constantFrom(...ids),
  fc.constantFrom(
    'READY',
    'None',
    "name = 'a'",
    'metrics.m > 1',
    'a ASC',
    'runs:/0/x',
    '{}',
    '[]',
    'NaN',
    '-1',
    '1e400',
  ),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keys), tie('any'), { maxKeys: 5 }),
  ),
})).any;
const body = fc.oneof(
  fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 8 }).map((object) => JSON.stringify(object)),
  value.map((each) => JSON.stringify(each)),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('[', '{"a":', '[[[['.repeat(50_000), '{"a":1}{"b":2}', '\ufeff{}'),
);
const segment = fc.oneof(fc.constantFrom(...ids), fc.string({ unit: 'binary' })).map(encode);
const query = fc.array(fc.tuple(fc.constantFrom(...keys), fc.string({ unit: 'binary' })), { maxLength: 5 });

function encode(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

describe('hostile requests', () => {
  let face: ServedStore;
  const faults: unknown[] = [];
  let withIds: (text: string) => string;
  beforeAll(async () => {
    face = await startServedStore({ onError: (error) => faults.push(error) });
    const { runId } = await face.store.createRun({ experimentId: await face.store.ensureExperiment('Default') });
    const { modelId } = await face.store.createLoggedModel({ experimentId: '0', name: 'lm' });
    await face.store.createRegisteredModel({ name: 'model' });
    await face.store.createModelVersion({ name: 'model', source: `runs:/${runId}/a`, runId });
    withIds = (text) => text.replaceAll('RUN', runId).replaceAll('MODEL', modelId);
  });
  afterAll(() => face.stop());

  it('are answered without a fault of the server, whatever the body of an endpoint is', async () => {
    const request = fc.record({
      name: fc.constantFrom(...names),
      body,
      segments: fc.array(segment, { maxLength: 3 }),
      query,
    });
    await fc.assert(
      fc.asyncProperty(request, async (sent) => {
        const { method, path } = endpoints[sent.name];
        let i = 0;
        const filled = path.replace(/\{\w+\}/g, () => sent.segments[i++] ?? 'x');
        const asked = method === 'GET' ? `?${new URLSearchParams(sent.query).toString()}` : '';
        const isFile = sent.name === 'uploadArtifact';
        const answer = await face.send({
          method,
          path: withIds(`${filled}${asked}`),
          headers: { 'content-type': 'application/json' },
          ...(method !== 'GET' && !isFile && { body: withIds(sent.body) }),
        });
        expect(faults).toEqual([]);
        expect(answer.status).not.toBe(500);
        if (answer.status >= 400) expect(JSON.parse(answer.text)).toMatchObject({ error_code: expect.any(String) });
      }),
      { numRuns: 600 },
    );
    expect((await face.send({ path: '/health' })).text).toBe('OK');
  });

  it('are answered whatever the path and the method are', async () => {
    const path = fc.array(fc.oneof(segment, fc.constantFrom('api', '2.0', 'mlflow', '..', '.', '%', '%zz', '')), {
      maxLength: 7,
    });
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PURGE');
    await fc.assert(
      fc.asyncProperty(path, method, async (segments, sent) => {
        const answer = await face.send({ method: sent, path: `/${segments.join('/')}` });
        expect(faults).toEqual([]);
        expect([200, 400, 404, 405, 501]).toContain(answer.status);
      }),
      { numRuns: 300 },
    );
  });

  it('are refused when they are too long, before they have arrived', async () => {
    const small = await startServedStore({ maxBodyBytes: 1000 });
    const headers = { 'content-type': 'application/json' };
    const sent = { method: 'POST', path: '/api/2.0/mlflow/runs/search', headers };
    expect((await small.send({ ...sent, body: JSON.stringify({ filter: 'x'.repeat(2000) }) })).status).toBe(413);
    const chunked = { ...headers, 'transfer-encoding': 'chunked' };
    expect((await small.send({ ...sent, headers: chunked, body: ' '.repeat(2000) })).status).toBe(413);
    expect((await small.send({ ...sent, body: '{}' })).status).toBe(200);
    await small.stop();
  });

  it.each(['[]', '5', '"{}"', 'null', '{"a":', 'nonsense'])('with the body %j get a clear 400', async (text) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await face.send({ method: 'POST', path: '/api/2.0/mlflow/runs/search', headers, body: text });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ message: expect.stringContaining('body of the request') });
  });

  it('that are compressed get a clear 400', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const answer = await face.send({ method: 'POST', path: '/api/2.0/mlflow/runs/search', headers, body: 'x' });
    expect(answer.status).toBe(400);
  });
});
