import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMlflow } from '../index.js';
import { startServedStore, type ServedStore } from '../../testing/served-store.js';

describe('who is let in', () => {
  let face: ServedStore;
  beforeAll(async () => {
    face = await startServedStore({ allowedHosts: ['mlflow.example'], allowedOrigins: ['https://tool.example'] });
  });
  afterAll(() => face.stop());

  const search = '/api/2.0/mlflow/registered-models/search';
  const statusFor = async (method: string, headers: Record<string, string>): Promise<number> => {
    const path = method === 'GET' ? search : '/api/2.0/mlflow/runs/search';
    const body = method === 'GET' ? {} : { body: '{}' };
    const all = { 'content-type': 'application/json', ...headers };
    return (await face.send({ method, path, headers: all, ...body })).status;
  };

  it.each(['localhost', 'localhost:5000', '127.0.0.1', '[::1]:80', '192.168.1.5:5000', 'MLflow.example:443'])(
    'answers for the host %s',
    async (host) => {
      expect(await statusFor('GET', { host })).toBe(200);
    },
  );

  it.each(['attacker.example', 'localhost.attacker.example', 'mlflow.example.attacker.example', 'a b', '/'])(
    'answers nothing for the host %s, which a page may have pointed here',
    async (host) => {
      expect(await statusFor('GET', { host })).toBe(403);
      expect((await face.send({ path: '/health', headers: { host } })).status).toBe(200);
    },
  );

  it.each(['http://localhost:3000', 'http://127.0.0.1', 'https://tool.example'])(
    'takes changes of pages of %s',
    async (origin) => {
      expect(await statusFor('POST', { origin })).toBe(200);
    },
  );

  it.each(['https://attacker.example', 'null', 'http://localhost.attacker.example', 'https://tool.example:444'])(
    'takes no changes of pages of %s',
    async (origin) => {
      expect(await statusFor('POST', { origin })).toBe(403);
      expect(await statusFor('GET', { origin })).toBe(200);
    },
  );

  it('lets pages read nothing: no answer has headers that would allow it', async () => {
    const { headers } = await face.send({ path: search, headers: { origin: 'https://attacker.example' } });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'takes no body of type %s, which a page may send unasked',
    async (type) => {
      expect(await statusFor('POST', { 'content-type': type })).toBe(400);
    },
  );

  it('takes JSON with a character set', async () => {
    expect(await statusFor('POST', { 'content-type': 'Application/JSON; charset=utf-8' })).toBe(200);
  });
});

describe('a face with credentials', () => {
  it('answers those who have the name and the password', async () => {
    const face = await startServedStore({ auth: { username: 'ann', password: 'pass:word ü' } });
    const env = { MLFLOW_TRACKING_USERNAME: 'ann', MLFLOW_TRACKING_PASSWORD: 'pass:word ü' };
    const ask = (changed: Partial<typeof env>): Promise<unknown> =>
      openMlflow({ trackingUri: face.url, env: { ...env, ...changed } })
        .searchRuns({ experimentIds: ['0'] })
        .all();
    expect(await ask({})).toEqual([]);
    await expect(ask({ MLFLOW_TRACKING_PASSWORD: 'other' })).rejects.toMatchObject({ httpStatus: 401 });
    await expect(ask({ MLFLOW_TRACKING_USERNAME: 'bob' })).rejects.toMatchObject({ httpStatus: 401 });
    const unknown = await face.send({ path: '/api/3.0/mlflow/server-info' });
    expect([unknown.status, unknown.headers['www-authenticate']]).toEqual([401, expect.stringContaining('Basic')]);
    expect(unknown.text).not.toContain('pass');
    expect((await face.send({ path: '/health' })).status).toBe(200);
    await face.stop();
  });

  it('answers those who have the token', async () => {
    const face = await startServedStore({ auth: { token: 'secret' } });
    const path = '/api/3.0/mlflow/server-info';
    const statusFor = async (authorization: string): Promise<number> =>
      (await face.send({ path, headers: { authorization } })).status;
    expect(await statusFor('Bearer secret')).toBe(200);
    expect(await statusFor('bearer secret')).toBe(200);
    for (const wrong of ['Bearer secret2', 'Bearer secre', 'Bearer', 'Basic secret', 'secret', '']) {
      expect(await statusFor(wrong)).toBe(401);
    }
    await face.stop();
  });
});
