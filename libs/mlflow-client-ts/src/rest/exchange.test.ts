import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRecordingServer, type RecordingServer } from '../../testing/recording-server.js';
import { failureOf, testSettings } from '../../testing/rest-settings.js';
import type { HttpCall } from './http.js';
import type { RequestToSign } from './sign.js';

let server: RecordingServer;
let other: RecordingServer;
beforeAll(async () => {
  server = await startRecordingServer();
  other = await startRecordingServer();
});
afterAll(async () => {
  await server.stop();
  await other.stop();
});

const read: HttpCall = { method: 'GET', path: '/a', action: 'read a', isIdempotent: true };
const env = { MLFLOW_TRACKING_TOKEN: 't0ken', MLFLOW_WORKSPACE: 'drilling' };
const redirectTo = (location: string, status = 302) => ({ status, headers: { location }, body: 'elsewhere' });

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])(
    'of a read is followed (HTTP %i), with the identity to the same server',
    async (status) => {
      server.answer(redirectTo('/b?x=1', status), { body: { id: '1' } });
      expect(await testSettings(server.url, {}, { env }).http.json(read)).toEqual({ id: '1' });
      expect(server.calls[1]).toMatchObject({
        path: '/b',
        query: { x: '1' },
        headers: { authorization: 'Bearer t0ken' },
      });
    },
  );

  it('to another server is followed without telling it who calls', async () => {
    server.answer(redirectTo(`${other.url}/b`));
    other.answer({ body: { id: '1' } });
    const sign = () => ({ 'x-signed': 'yes' });
    expect(await testSettings(server.url, {}, { env, sign }).http.json(read)).toEqual({ id: '1' });
    expect(server.calls[0]?.headers).toMatchObject({ authorization: 'Bearer t0ken', 'x-signed': 'yes' });
    const { headers } = other.calls[0] ?? {};
    expect(headers).toMatchObject({ 'user-agent': 'mlflow-client-ts' });
    expect(Object.keys(headers ?? {})).not.toEqual(expect.arrayContaining(['authorization']));
    expect([headers?.['x-signed'], headers?.['x-mlflow-workspace']]).toEqual([undefined, undefined]);
  });

  it.each(['POST', 'PUT', 'DELETE'] as const)(
    'of %s is not followed: it would lose its method and body',
    async (method) => {
      server.answer(redirectTo(`${other.url}/b?key=s3cret`, 307));
      const failure = await failureOf(testSettings(server.url).http.json({ ...read, method, body: {} }));
      expect(failure.message).toBe(
        `Cannot read a: ${server.url} sends it on to "${other.url}/b" (HTTP 307), which is not followed; correct the tracking URI`,
      );
      expect(JSON.stringify(failure)).not.toContain('s3cret');
      expect(server.calls).toHaveLength(1);
    },
  );

  it('is not followed when MLFLOW_ALLOW_HTTP_REDIRECTS is false', async () => {
    server.answer(redirectTo('/b'));
    const { http } = testSettings(server.url, {}, { env: { MLFLOW_ALLOW_HTTP_REDIRECTS: 'false' } });
    await expect(http.json(read)).rejects.toMatchObject({ httpStatus: 302 });
  });

  it.each(['file:///etc/passwd', 'http://'])('to %s is not followed', async (location) => {
    server.answer(redirectTo(location));
    await expect(testSettings(server.url).http.json(read)).rejects.toMatchObject({ httpStatus: 302 });
  });

  it('that leads in a circle ends after ten', async () => {
    server.answer(redirectTo('/a'));
    await expect(testSettings(server.url).http.json(read)).rejects.toMatchObject({ httpStatus: 302 });
    expect(server.calls).toHaveLength(11);
  });
});

describe('the sign hook', () => {
  it('sees every try as it will be sent, and its headers are added', async () => {
    const seen: RequestToSign[] = [];
    const sign = (request: RequestToSign): Promise<Record<string, string>> => {
      seen.push(request);
      return Promise.resolve({ Authorization: `Sig ${seen.length}` });
    };
    server.answer({ status: 503, body: 'busy' }, { body: {} });
    await testSettings(server.url, {}, { sign }).http.json({
      ...read,
      method: 'POST',
      body: { a: 'ü' },
      query: { b: [1, 2] },
    });
    expect(seen).toHaveLength(2);
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: `${server.url}/a?b=1&b=2`,
      headers: { 'content-length': '10' },
    });
    expect(Buffer.from(seen[0]?.body ?? []).toString()).toBe('{"a":"ü"}');
    expect(server.calls.map(({ headers }) => headers.authorization)).toEqual(['Sig 1', 'Sig 2']);
  });

  it('that fails is asked again, and told as what it is, without what is secret', async () => {
    const reason = new Error('the token service is down, t0ken');
    let asked = 0;
    const sign = (): Promise<never> => {
      asked += 1;
      return Promise.reject(reason);
    };
    const create: HttpCall = { ...read, method: 'POST', body: {}, isIdempotent: false };
    const failure = await failureOf(testSettings(server.url, {}, { env, sign }).http.json(create));
    expect(failure).toMatchObject({
      code: 'MLFLOW_UNREACHABLE',
      message: 'Cannot read a: the hook "sign" failed (the token service is down, [secret]); look into its cause',
    });
    expect(failure.cause).toMatchObject({ message: 'the token service is down, [secret]' });
    expect(asked).toBe(3);
  });

  it('that gives a header which cannot be sent is refused at once, without showing it', async () => {
    const failure = await failureOf(
      testSettings(server.url, {}, { sign: () => ({ 'X-Key': 's3cret\n' }) }).http.json(read),
    );
    expect(failure).toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    expect(failure.message).toContain('Cannot read a: the hook "sign" gives a header "x-key" with a line break');
    expect(failure.message).not.toContain('s3cret');
  });

  it('is given no body for what is streamed', async () => {
    const seen: RequestToSign[] = [];
    const sign = (request: RequestToSign): Record<string, string> => {
      seen.push(request);
      return {};
    };
    const content = { sizeBytes: 3, open: () => asyncChunks('abc') };
    server.answer({ body: {} });
    await testSettings(server.url, {}, { sign }).http.json({ ...read, method: 'PUT', content });
    expect(seen.map(({ body }) => body)).toEqual([undefined]);
    expect(server.calls[0]).toMatchObject({ text: 'abc', headers: { 'content-length': '3' } });
  });
});

describe('who calls is not told', () => {
  it.each<[string, () => Partial<HttpCall>]>([
    ['another server', () => ({ path: `${other.url}/a` })],
    ['a presigned address, of whatever server', () => ({ path: `${other.url}/a?sig=1`, isAnonymous: true })],
  ])('to %s', async (_, changes) => {
    other.answer({ body: {} });
    await testSettings(server.url, {}, { env, sign: () => ({ 'x-signed': 'yes' }) }).http.json({
      ...read,
      ...changes(),
    });
    const { headers } = other.calls[0] ?? {};
    expect([headers?.authorization, headers?.['x-mlflow-workspace'], headers?.['x-signed']]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

async function* asyncChunks(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}
