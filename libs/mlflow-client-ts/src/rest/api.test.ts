import { describe, expect, it } from 'vitest';
import type { Http, HttpCall } from './http.js';
import { callApi, callForObject, type RestContext } from './api.js';

function contextWith(answer: Record<string, unknown>): { context: RestContext; calls: HttpCall[] } {
  const calls: HttpCall[] = [];
  const http: Http = {
    baseUrl: 'http://127.0.0.1:5000/mlflow',
    redact: (text) => text,
    json: (call) => {
      calls.push(call);
      return Promise.resolve(answer);
    },
    bytes: () => Promise.reject(new Error('not asked for')),
  };
  return { context: { http, capabilities: () => Promise.reject(new Error('not asked for')) }, calls };
}

describe('callApi()', () => {
  it('calls the endpoint of a route with its path filled, and may be repeated unless it is said otherwise', async () => {
    const { context, calls } = contextWith({});
    await callApi(context, { route: 'getWebhook', path: { webhook_id: 'a/b' }, action: 'look' });
    await callApi(context, { route: 'createWebhook', body: {}, action: 'make', isIdempotent: false });
    expect(calls).toEqual([
      { method: 'GET', path: '/api/2.0/mlflow/webhooks/a%2Fb', action: 'look', isIdempotent: true },
      { method: 'POST', path: '/api/2.0/mlflow/webhooks', action: 'make', isIdempotent: false, body: {} },
    ]);
  });
});

describe('callForObject()', () => {
  it('gives the object of that name', async () => {
    const { context } = contextWith({ run: { info: {} } });
    expect(await callForObject(context, { route: 'getRun', action: 'get a run' }, 'run')).toEqual({ info: {} });
  });

  it('fails with what came instead', async () => {
    const { context } = contextWith({ hello: 'world' });
    await expect(callForObject(context, { route: 'getRun', action: 'get a run' }, 'run')).rejects.toMatchObject({
      code: 'MLFLOW_BAD_RESPONSE',
      message: expect.stringContaining(
        'Cannot get a run: the answer of http://127.0.0.1:5000 contains no "run"',
      ) as unknown,
      body: '{"hello":"world"}',
    });
  });
});
