import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startLocalServer, unusedAddress } from '../../testing/local-server.js';
import { startRecordingServer, type RecordingServer } from '../../testing/recording-server.js';
import { testSettings } from '../../testing/rest-settings.js';
import type { HttpCall } from './http.js';

let server: RecordingServer;
beforeAll(async () => {
  server = await startRecordingServer();
});
afterAll(async () => {
  await server.stop();
});

afterEach(() => {
  vi.useRealTimers();
});

const read: HttpCall = { method: 'GET', path: '/a', action: 'read a', isIdempotent: true };
const create: HttpCall = { method: 'POST', path: '/b', body: {}, action: 'make b', isIdempotent: false };

describe('a server that cannot be used', () => {
  it('is MLFLOW_UNREACHABLE when nothing listens; also creates are repeated, for nothing was sent', async () => {
    const url = await unusedAddress();
    const { http, sleeps } = testSettings(url);
    await expect(http.json(read)).rejects.toMatchObject({
      code: 'MLFLOW_UNREACHABLE',
      message: `Cannot read a: no connection to ${url} (ECONNREFUSED); start the server or correct the tracking URI`,
      details: { networkCode: 'ECONNREFUSED' },
    });
    await expect(http.json(create)).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
    expect(sleeps).toHaveLength(4);
  });

  it('is MLFLOW_TIMEOUT when no answer comes, after one try', async () => {
    server.answer('hang');
    await expect(testSettings(server.url, { timeoutMs: 60 }).http.json(read)).rejects.toMatchObject({
      code: 'MLFLOW_TIMEOUT',
      message: `Cannot read a: no complete answer from ${server.url} within 0.06 s; check the server, or raise the timeout`,
    });
    expect(server.calls).toHaveLength(1);
  });

  it.each([
    [401, 'Unauthorized', 'UNAUTHENTICATED', 'MLFLOW_TRACKING_USERNAME'],
    [403, 'Invalid Host header', 'PERMISSION_DENIED', '--allowed-hosts'],
    [404, '<h1>Not Found</h1>', 'MLFLOW_BAD_RESPONSE', 'check that the tracking URI'],
    [413, '<h1>Request Entity Too Large</h1>', 'MLFLOW_BAD_RESPONSE', 'limit of the proxy'],
    [429, 'slow down', 'REQUEST_LIMIT_EXCEEDED', 'HTTP 429'],
    [307, '', 'MLFLOW_BAD_RESPONSE', 'HTTP 307'],
  ])('explains HTTP %i with the text %j', async (status, body, code, hint) => {
    server.answer({ status, body });
    const failed = testSettings(server.url).http.json(create);
    await expect(failed).rejects.toMatchObject({ code, httpStatus: status, body });
    await expect(failed).rejects.toThrow(hint);
  });

  it('is MLFLOW_BAD_RESPONSE when it sends a page, or a list, instead of a JSON object', async () => {
    for (const body of ['<html>Please log in</html>', '[]']) {
      server.answer({ body });
      await expect(testSettings(server.url).http.json(read)).rejects.toMatchObject({
        code: 'MLFLOW_BAD_RESPONSE',
        body,
      });
    }
  });

  it('is not read to the end of an endless page', async () => {
    const page = Buffer.alloc(500_000, '<p>');
    const endless = await startLocalServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      const more = (): void => {
        while (response.write(page));
      };
      response.on('drain', more);
      more();
    });
    await expect(testSettings(endless.url).http.json(read)).rejects.toMatchObject({ code: 'MLFLOW_BAD_RESPONSE' });
    await expect(testSettings(endless.url).http.answer(read)).resolves.toMatchObject({ status: 200 });
    await endless.stop();
  });

  it('has its time limit for the whole of a small answer, however slowly it drips', async () => {
    let timer: NodeJS.Timeout | undefined;
    const endless = await startLocalServer((_, response) => {
      response.writeHead(200);
      timer = setInterval(() => response.write('1'), 10);
    });
    const failed = testSettings(endless.url, { timeoutMs: 100 }).http.answer(read);
    await expect(failed).rejects.toMatchObject({ code: 'MLFLOW_TIMEOUT' });
    clearInterval(timer);
    await endless.stop();
  });

  it('keeps a message that quotes a long value whole in serverMessage, and short in the message', async () => {
    const message = `value ${'x'.repeat(100_000)}`;
    server.answer({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE', message } });
    await expect(testSettings(server.url).http.json(read)).rejects.toSatisfy(
      (error: { message: string; serverMessage: string }) =>
        error.message.length < 700 && error.serverMessage === message,
    );
  });
});

describe('a stream', () => {
  it('does not count the time its reader takes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    server.answer({ body: 'text' });
    let text = '';
    for await (const chunk of (await testSettings(server.url).http.stream(read)).body) {
      vi.advanceTimersByTime(1_000_000);
      text += new TextDecoder().decode(chunk);
    }
    expect(text).toBe('text');
  });

  it('ends with MLFLOW_TIMEOUT when nothing more arrives, and with MLFLOW_UNREACHABLE when the connection breaks', async () => {
    const stalling = await startLocalServer((request, response) => {
      response.writeHead(200, { 'content-length': '10' }).write('abc');
      if (request.url === '/broken') setImmediate(() => response.destroy());
    });
    const { http } = testSettings(stalling.url, { timeoutMs: 60 });
    const readAll = async (path: string): Promise<void> => {
      for await (const chunk of (await http.stream({ ...read, path })).body) expect(chunk).toHaveLength(3);
    };
    await expect(readAll('/stalled')).rejects.toMatchObject({ code: 'MLFLOW_TIMEOUT' });
    await expect(readAll('/broken')).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
    await stalling.stop();
  });

  it('is not taken for whole when a transport ends it too early', async () => {
    const transport = () =>
      Promise.resolve({
        status: 200,
        headers: { 'content-length': '10' },
        body: (async function* () {
          yield await Promise.resolve(Buffer.from('abc'));
        })(),
      });
    const failed = testSettings(server.url, { transport, maxAttempts: 1 }).http.bytes(read);
    await expect(failed).rejects.toMatchObject({
      code: 'MLFLOW_UNREACHABLE',
      details: { networkCode: 'INCOMPLETE_ANSWER' },
    });
  });
});
