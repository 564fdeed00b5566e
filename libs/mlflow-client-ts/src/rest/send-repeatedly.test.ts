import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRecordingServer, type Answer, type RecordingServer } from '../../testing/recording-server.js';
import { failureOf, testSettings } from '../../testing/rest-settings.js';
import type { HttpCall } from './http.js';

let server: RecordingServer;
beforeAll(async () => {
  server = await startRecordingServer();
});
afterAll(async () => {
  await server.stop();
});

const read: HttpCall = { method: 'GET', path: '/a', action: 'read a', isIdempotent: true };
const create: HttpCall = { method: 'POST', path: '/b', body: { name: 'b' }, action: 'make b', isIdempotent: false };
const done: Answer = { body: { id: '1' } };
const busy: Answer = {
  status: 429,
  headers: { 'retry-after': '3' },
  body: { error_code: 'RESOURCE_EXHAUSTED', message: 'slow down' },
};
const badGateway: Answer = { status: 502, body: '<html><h1>502 Bad Gateway</h1>nginx</html>' };
const broken: Answer = { status: 500, body: { error_code: 'INTERNAL_ERROR', message: 'oops' } };

describe('the wait before the next try', () => {
  it('is as long as the server asks for', async () => {
    const { http, sleeps } = testSettings(server.url);
    server.answer(busy, done);
    expect(await http.json(read)).toEqual({ id: '1' });
    expect(sleeps).toEqual([3000]);
  });

  it('is our own when what the server asks for is not respected', async () => {
    const { http, sleeps } = testSettings(server.url, { respectsRetryAfter: false });
    server.answer(busy, done);
    await http.json(read);
    expect(sleeps).toEqual([125]);
  });

  it('is none when the server asks for more than the limit: the call fails', async () => {
    server.answer({ ...busy, headers: { 'retry-after': '3600' } }, done);
    const failed = testSettings(server.url).http.json(read);
    await expect(failed).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED', httpStatus: 429 });
    expect(server.calls).toHaveLength(1);
  });

  it('is half of 250 and of 500 ms at the middle of the jitter; then the answer of the proxy is told', async () => {
    const { http, sleeps } = testSettings(server.url);
    server.answer(badGateway);
    await expect(http.json(read)).rejects.toMatchObject({
      code: 'MLFLOW_BAD_RESPONSE',
      httpStatus: 502,
      message: `Cannot read a: ${server.url} answered HTTP 502 with no MLflow error; see body`,
      body: '<html><h1>502 Bad Gateway</h1>nginx</html>',
      serverMessage: undefined,
      details: { url: `${server.url}/a`, contentType: 'text/html' },
    });
    expect(server.calls).toHaveLength(3);
    expect(sleeps).toEqual([125, 250]);
  });
});

describe('a call is repeated', () => {
  it.each([408, 500, 502, 503, 504])(
    'after HTTP %i when it is idempotent, and not when it is a create',
    async (status) => {
      const { http } = testSettings(server.url);
      server.answer({ status, body: 'trouble' }, done);
      expect(await http.json(read)).toEqual({ id: '1' });
      server.answer({ status, body: 'trouble' }, done);
      await expect(http.json(create)).rejects.toMatchObject({ httpStatus: status });
      expect(server.calls).toHaveLength(1);
    },
  );

  it('after a dropped connection when it is idempotent, and not when it is a create', async () => {
    const { http } = testSettings(server.url);
    server.answer('drop', done);
    expect(await http.json(read)).toEqual({ id: '1' });
    server.answer('drop', done);
    await expect(http.json(create)).rejects.toMatchObject({
      code: 'MLFLOW_UNREACHABLE',
      message: `Cannot make b: the connection broke to ${server.url} (ECONNRESET); try again, and look into the log of the server`,
    });
    expect(server.calls).toHaveLength(1);
  });

  it('after HTTP 429 even when it is a create: the server did not act', async () => {
    server.answer(busy, done);
    expect(await testSettings(server.url).http.json(create)).toEqual({ id: '1' });
  });

  it.each([400, 403, 404, 501])('never after HTTP %i', async (status) => {
    server.answer({ status, body: { error_code: 'INVALID_PARAMETER_VALUE', message: 'bad filter' } });
    const failed = testSettings(server.url).http.json(read);
    await expect(failed).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE', serverMessage: 'bad filter' });
    expect(server.calls).toHaveLength(1);
  });
});

describe('recover', () => {
  const found = { id: 'found' };

  it.each<[string, Answer]>([
    ['a lost answer', 'drop'],
    ['HTTP 502', badGateway],
    ['HTTP 500', broken],
  ])('is asked after %s, and what it finds is the answer', async (_, answer) => {
    let asked = 0;
    const recover = (): Promise<typeof found> => {
      asked += 1;
      return Promise.resolve(found);
    };
    server.answer(answer, done);
    expect(await testSettings(server.url).http.json({ ...create, recover })).toEqual(found);
    expect([asked, server.calls.length]).toEqual([1, 1]);
  });

  it('lets the create be repeated when it finds nothing', async () => {
    server.answer('drop', done);
    const recover = (): Promise<undefined> => Promise.resolve(undefined);
    expect(await testSettings(server.url).http.json({ ...create, recover })).toEqual({ id: '1' });
    expect(server.calls).toHaveLength(2);
  });

  it('is asked once more when the tries are exhausted', async () => {
    let asked = 0;
    server.answer('drop');
    const recover = (): Promise<object | undefined> => Promise.resolve(++asked === 3 ? found : undefined);
    const { http } = testSettings(server.url);
    expect(await http.json({ ...create, recover: recover as NonNullable<HttpCall['recover']> })).toEqual(found);
    expect([asked, server.calls.length]).toEqual([3, 3]);
  });

  it('is asked after a timeout, and the create is not repeated: the server may still be at work on it', async () => {
    let asked = 0;
    const recover = (): Promise<undefined> => {
      asked += 1;
      return Promise.resolve(undefined);
    };
    server.answer('hang');
    const { http } = testSettings(server.url, { timeoutMs: 60 });
    await expect(http.json({ ...create, recover })).rejects.toMatchObject({ code: 'MLFLOW_TIMEOUT' });
    expect([asked, server.calls.length]).toEqual([1, 1]);
  });

  it('is not asked when the server did not act', async () => {
    const recover = (): Promise<never> => Promise.reject(new Error('must not be asked'));
    server.answer(busy, done);
    expect(await testSettings(server.url).http.json({ ...create, recover })).toEqual({ id: '1' });
    server.answer({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE', message: 'no' } });
    await expect(testSettings(server.url).http.json({ ...create, recover })).rejects.toMatchObject({ httpStatus: 400 });
  });

  it('that fails ends the call with its first failure: a repetition could do it twice', async () => {
    server.answer('drop', done);
    const recover = (): Promise<never> => Promise.reject(new Error('cannot look'));
    const failed = testSettings(server.url).http.json({ ...create, recover });
    await expect(failed).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
    expect(server.calls).toHaveLength(1);
  });
});

describe('an AbortSignal', () => {
  it('ends a call that waits for its answer, with the reason as cause', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    server.answer('hang');
    const failed = failureOf(testSettings(server.url, { signal: controller.signal }).http.json(read));
    while (server.calls.length === 0) await new Promise(setImmediate);
    controller.abort(reason);
    expect(await failed).toMatchObject({
      code: 'MLFLOW_ABORTED',
      message: 'Cannot read a: the caller has aborted it',
      cause: reason,
    });
  });

  it('ends the wait between two tries', async () => {
    const controller = new AbortController();
    const { sleep } = testSettings(server.url).settings;
    server.answer(badGateway);
    const { http } = testSettings(server.url, {
      signal: controller.signal,
      sleep: (ms, signal) => {
        controller.abort('enough');
        return signal?.aborted === true ? Promise.reject(new Error('The wait was ended')) : sleep(ms);
      },
    });
    await expect(http.json(read)).rejects.toMatchObject({ code: 'MLFLOW_ABORTED', cause: 'enough' });
    expect(server.calls).toHaveLength(1);
  });

  it('that was given before ends a call before anything is sent', async () => {
    server.answer(done);
    const { http } = testSettings(server.url, { signal: AbortSignal.abort('enough') });
    await expect(http.json(create)).rejects.toMatchObject({ code: 'MLFLOW_ABORTED', cause: 'enough' });
    expect(server.calls).toHaveLength(0);
  });
});
