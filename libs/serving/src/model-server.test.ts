import { CapturingLogger, FakeClock } from '@i-drill/testkit';
import { request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { createModelServer, type ModelServer, type ModelServerOptions } from './model-server.js';
import { openPredictionLog } from './prediction-log.js';
import { readPredictionLog } from './read-prediction-log.js';
import { deferred } from './testing/deferred.js';
import type { Predictions } from '@i-drill/onnx';
import { answer as answered, modelWithInterval, summingModel, windowOf, withFolder } from './testing/fixtures.js';

const identity = {
  model: 'bit-life',
  version: '3',
  stage: 'Staging',
  environment: 'test',
  arm: 'candidate',
} as const;
const clock = new FakeClock(1000);
const logger = new CapturingLogger();
const json = { 'content-type': 'application/json' };
const servers: ModelServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(options: Partial<ModelServerOptions> = {}): Promise<{ server: ModelServer; url: string }> {
  const server = createModelServer({ model: summingModel(), identity, clock, logger, ...options });
  servers.push(server);
  return { server, url: await server.listen(0, '127.0.0.1') };
}

async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = json,
): Promise<{ status: number; headers: Record<string, unknown>; body: unknown }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await request(`${url}/invocations`, { method: 'POST', body: text, headers });
  const received = await answer.body.text();
  const isJson = String(answer.headers['content-type']).startsWith('application/json');
  return { status: answer.statusCode, headers: answer.headers, body: isJson ? JSON.parse(received) : received };
}

async function get(url: string): Promise<{ status: number; body: string; type: string }> {
  const answer = await request(url);
  return {
    status: answer.statusCode,
    body: await answer.body.text(),
    type: String(answer.headers['content-type']),
  };
}

describe('POST /invocations', () => {
  it('answers one prediction per window, in order, as MLflow answers for tensor outputs', async () => {
    const { url } = await start();
    const { status, body } = await post(url, { inputs: [windowOf(1), windowOf(2)] });
    expect([status, body]).toEqual([200, { predictions: { prediction: [[6], [12]] } }]);
    expect((await post(url, { instances: [{ window: windowOf(3) }] })).body).toEqual({
      predictions: { prediction: [[18]] },
    });
  });

  it('never mixes up the answers of requests that are served together', async () => {
    const { url } = await start();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => post(url, { inputs: [windowOf(i), windowOf(-i)] })),
    );
    expect(answers.map(({ body }) => body)).toEqual(
      Array.from({ length: 100 }, (_, i) => ({ predictions: { prediction: [[6 * i], [-6 * i || 0]] } })),
    );
  });

  it.each([
    ['a window of another shape', { inputs: [[[1, 2]]] }, 'INVALID_PARAMETER_VALUE'],
    ['a value that is null', { inputs: [[...windowOf(1).slice(1), [null, 1]]] }, 'INVALID_PARAMETER_VALUE'],
    ['a table', { dataframe_split: { columns: [], data: [] } }, 'INVALID_PARAMETER_VALUE'],
    ['neither form', {}, 'BAD_REQUEST'],
    ['text that is no JSON', '{"inputs": [[[NaN, 1], [1, 1], [1, 1]]]}', 'BAD_REQUEST'],
    ['an empty body', '', 'BAD_REQUEST'],
  ])('answers 400 to %s, and goes on serving', async (_, body, errorCode) => {
    const { url } = await start();
    const answer = await post(url, body);
    expect([answer.status, Object.keys(answer.body as object)]).toEqual([400, ['error_code', 'message']]);
    expect(answer.body).toMatchObject({ error_code: errorCode });
    expect((await post(url, { inputs: [windowOf(1)] })).status).toBe(200);
  });

  it('answers 415 as text to another content type, and 400 to a tabular one', async () => {
    const { url } = await start();
    const answer = await post(url, 'x', { 'content-type': 'text/html' });
    expect([answer.status, typeof answer.body]).toEqual([415, 'string']);
    expect((await post(url, 'a,b\n1,2', { 'content-type': 'text/csv' })).status).toBe(400);
  });

  it('answers 413 to a body over the limit', async () => {
    const { url } = await start({ limits: { bodyBytes: 100 } });
    const answer = await post(url, { inputs: Array.from({ length: 50 }, () => windowOf(1)) });
    expect([answer.status, answer.body]).toEqual([413, expect.objectContaining({ error_code: 'BAD_REQUEST' })]);
  });

  it('answers 500 without a stack trace when the model fails or gives no finite value', async () => {
    const failing = summingModel({ predict: () => Promise.reject(new Error('secret inside')) });
    const answer = await post((await start({ model: failing })).url, { inputs: [windowOf(1)] });
    expect([answer.status, answer.body]).toEqual([
      500,
      {
        error_code: 'INTERNAL_ERROR',
        message: 'the model could not predict (model-failed); the request was well formed',
      },
    ]);
    const notFinite = summingModel({ predict: () => answered(Float32Array.of(NaN)) });
    expect((await post((await start({ model: notFinite })).url, { inputs: [windowOf(1)] })).status).toBe(500);
  });

  it('answers with the interval of every prediction where the model has one', async () => {
    const { url } = await start({ model: modelWithInterval() });
    const { body } = await post(url, { inputs: [windowOf(1), windowOf(2)] });
    expect(body).toEqual({ predictions: { prediction: [[6], [12]], lower: [[5], [11]], upper: [[8], [14]] } });
  });

  it('answers 500 when an end of the interval is not finite or missing', async () => {
    const numbers = Float32Array.of(4);
    for (const upper of [Float32Array.of(Infinity), new Float32Array(0)]) {
      const model = summingModel({ predict: () => Promise.resolve({ prediction: numbers, lower: numbers, upper }) });
      expect((await post((await start({ model })).url, { inputs: [windowOf(1)] })).status).toBe(500);
    }
  });

  it('answers with the probabilities of classes', async () => {
    const predictions = { prediction: Float32Array.of(1), probabilities: Float32Array.of(0.25, 0.75) };
    const model = summingModel({ predict: () => Promise.resolve(predictions) });
    const { body } = await post((await start({ model })).url, { inputs: [windowOf(1)] });
    expect(body).toEqual({ predictions: { probabilities: [[0.25, 0.75]] } });
  });

  it('names version, arm and request in every answer, and takes the name of the request from the caller', async () => {
    const { url } = await start();
    const named = await post(url, { inputs: [windowOf(1)] }, { ...json, 'x-request-id': 'abc-1' });
    expect(named.headers).toMatchObject({
      'x-request-id': 'abc-1',
      'x-i-drill-model': 'bit-life',
      'x-i-drill-version': '3',
      'x-i-drill-arm': 'candidate',
    });
    const unfit = await post(url, {}, { ...json, 'x-request-id': 'a b{}' });
    expect(unfit.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('prediction log of the server', () => {
  it('holds one record per window with the values as they were sent, and none for refused requests', () =>
    withFolder(async (directory) => {
      const predictionLog = await openPredictionLog({
        directory,
        maxBatchRecords: 9,
        flushIntervalMs: 1e6,
        clock,
        logger,
      });
      const { url, server } = await start({ predictionLog });
      await post(url, { inputs: [windowOf(0.1), windowOf(2)] }, { ...json, 'x-request-id': 'q', 'x-rig-id': 'rig-7' });
      await post(url, { inputs: 3 });
      await server.close();
      await predictionLog.close();
      const { records } = await readPredictionLog(directory, { fromMs: 0, toMs: Infinity });
      expect(records).toHaveLength(2);
      expect(records[0]).toMatchObject({
        requestId: 'q',
        rig: 'rig-7',
        arm: 'candidate',
        version: '3',
        ok: true,
        at: 1000,
      });
      expect(records.map(({ inputs }) => inputs)).toEqual([windowOf(0.1), windowOf(2)]);
      expect(records[1]?.output).toBe(12);
      expect(records[1]).not.toHaveProperty('lower');
    }));

  it('holds the ends of the interval where the model has one', () =>
    withFolder(async (directory) => {
      const predictionLog = await openPredictionLog({
        directory,
        maxBatchRecords: 9,
        flushIntervalMs: 1e6,
        clock,
        logger,
      });
      const { url, server } = await start({ predictionLog, model: modelWithInterval() });
      await post(url, { inputs: [windowOf(1), windowOf(2)] });
      await server.close();
      await predictionLog.close();
      const { records } = await readPredictionLog(directory, { fromMs: 0, toMs: Infinity });
      expect(records).toMatchObject([
        { output: 6, lower: 5, upper: 8 },
        { output: 12, lower: 11, upper: 14 },
      ]);
    }));

  it('says which predictions failed, and believes the router about the arm', () =>
    withFolder(async (directory) => {
      const predictionLog = await openPredictionLog({
        directory,
        maxBatchRecords: 9,
        flushIntervalMs: 1e6,
        clock,
        logger,
      });
      const model = summingModel({ predict: () => Promise.reject(new Error('x')) });
      const { url } = await start({ predictionLog, model });
      await post(url, { inputs: [windowOf(1)] }, { ...json, 'x-i-drill-arm': 'stable' });
      await predictionLog.close();
      const { records } = await readPredictionLog(directory, { fromMs: 0, toMs: Infinity });
      expect(records).toMatchObject([{ ok: false, error: 'model-failed', arm: 'stable' }]);
      expect(records[0]).not.toHaveProperty('output');
    }));

  it('loses records, not predictions, when the disk is gone', () =>
    withFolder(async (directory) => {
      const predictionLog = {
        path: directory,
        lostRecords: 4,
        append: () => undefined,
        flush: () => Promise.resolve(),
        close: () => Promise.resolve(),
      };
      const { url } = await start({ predictionLog });
      expect((await post(url, { inputs: [windowOf(1)] })).status).toBe(200);
      expect((await get(`${url}/metrics`)).body).toContain('prediction_log_lost_records_total 4');
    }));
});

describe('status of the server', () => {
  it('answers ping, health, version and the model', async () => {
    const { url } = await start();
    expect((await get(`${url}/ping`)).status).toBe(200);
    expect(await get(`${url}/health`)).toMatchObject({ status: 200, body: '{"status":"ok"}' });
    const version = await get(`${url}/version`);
    expect([version.type, /^\d+\.\d+\.\d+$/.test(version.body)]).toEqual([expect.stringContaining('text/plain'), true]);
    expect(JSON.parse((await get(`${url}/v1/model`)).body)).toMatchObject({
      ...identity,
      signature: { outputs: [{}] },
    });
    expect((await get(`${url}/nothing`)).status).toBe(404);
  });

  it('counts predictions per window, with the labels of the definitions', async () => {
    const failsOnNine = summingModel({
      predict: (inputs, count) =>
        inputs[0] === 9 ? Promise.reject(new Error('x')) : answered(new Float32Array(count).fill(30)),
    });
    const { url } = await start({ model: failsOnNine });
    await post(url, { inputs: [windowOf(1), windowOf(2), windowOf(3)] });
    await post(url, { inputs: [windowOf(9)] });
    const { body } = await get(`${url}/metrics`);
    const labels = '{model="bit-life",version="3",stage="Staging",environment="test",arm="candidate"}';
    expect(body).toContain(`model_predictions_total${labels} 4\n`);
    expect(body).toContain(`model_errors_total${labels} 1\n`);
    expect(body).toContain(`model_latency_ms_count${labels} 4\n`);
    expect(body).toContain(`model_prediction_score_sum${labels} 90\n`);
  });

  it('measures latency from the arrival of the request to its prediction', async () => {
    const ownClock = new FakeClock(0);
    const slow = summingModel({
      predict: (_, count) => {
        ownClock.advance(12.5);
        return answered(new Float32Array(count).fill(30));
      },
    });
    const { url } = await start({ model: slow, clock: ownClock });
    await post(url, { inputs: [windowOf(1)] });
    expect((await get(`${url}/metrics`)).body).toMatch(/model_latency_ms_sum\{[^}]*\} 12\.5\n/);
  });

  it('shows counters at 0 before the first request', async () => {
    const { url } = await start();
    expect((await get(`${url}/metrics`)).body).toMatch(/model_errors_total\{[^}]*\} 0\n/);
  });

  it('is not healthy while it drains, and still predicts', async () => {
    const { url, server } = await start();
    server.drain();
    expect(await get(`${url}/health`)).toMatchObject({ status: 503, body: '{"status":"draining"}' });
    expect((await get(`${url}/ping`)).status).toBe(503);
    expect((await post(url, { inputs: [windowOf(1)] })).status).toBe(200);
  });

  it('ends the request in flight before it closes', async () => {
    const started = deferred();
    const finish = deferred();
    const predict = async (): Promise<Predictions> => {
      started.resolve();
      await finish.promise;
      return { prediction: Float32Array.of(4) };
    };
    const { url, server } = await start({ model: summingModel({ predict }) });
    const answer = post(url, { inputs: [windowOf(1)] });
    await started.promise;
    const closed = server.close();
    finish.resolve();
    expect((await answer).body).toEqual({ predictions: { prediction: [[4]] } });
    await closed;
    await expect(get(`${url}/health`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('does not wait longer than allowed for a request that never ends', async () => {
    const started = deferred();
    const predict = (): Promise<Predictions> => {
      started.resolve();
      return new Promise(() => undefined);
    };
    const { url, server } = await start({ model: summingModel({ predict }), limits: { drainMs: 20 } });
    const answer = post(url, { inputs: [windowOf(1)] });
    const refused = expect(answer).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
    await started.promise;
    await server.close();
    await refused;
  });
});

describe('listen()', () => {
  it('says which port is in use and what to do', async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    const second = createModelServer({ model: summingModel(), identity, clock, logger });
    await expect(second.listen(port, '127.0.0.1')).rejects.toMatchObject({
      code: 'SERVING_PORT_IN_USE',
      message: expect.stringContaining(`Cannot listen on 127.0.0.1:${port}: the port is in use`) as string,
    });
  });

  it('says why another address cannot be had', async () => {
    const server = createModelServer({ model: summingModel(), identity, clock, logger });
    await expect(server.listen(0, '192.0.2.1')).rejects.toMatchObject({ code: 'SERVING_LISTEN_FAILED' });
  });
});
