import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isUnauthorized, openMlflow, type MlflowClient } from '../src/index.js';
import { failureOf } from '../testing/rest-settings.js';
import { describeWithMlflow, startRealServer, type RealServer } from './real-server.js';

// No umlaut: artifact routes of 3.17 decode credentials as ASCII, and answer 401.
const password = 'p:a@ss %41 word/12';

describeWithMlflow('a server that asks who is calling (basic-auth)', () => {
  let server: RealServer;
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'mlflow-home-'));
    server = await startRealServer({ adminPassword: password });
  });
  afterAll(async () => {
    await server.stop();
    await rm(home, { recursive: true });
  });

  const open = (env: Record<string, string>, trackingUri = server.url): MlflowClient =>
    openMlflow({ trackingUri, env });
  const admin = { MLFLOW_TRACKING_USERNAME: 'admin', MLFLOW_TRACKING_PASSWORD: password };
  async function writesAndReads(client: MlflowClient): Promise<void> {
    const { runId } = await client.createRun({ experimentId: await client.ensureExperiment('guarded') });
    await client.logBatch(runId, { params: { a: '1' } });
    await client.uploadArtifact(runId, 'a/b.txt', 'hello');
    expect((await client.getRun(runId)).params).toEqual({ a: '1' });
    expect(Buffer.from(await client.downloadArtifact(runId, 'a/b.txt')).toString()).toBe('hello');
  }

  it.each<[string, Record<string, string>]>([
    ['nobody', {}],
    ['somebody with a wrong password', { ...admin, MLFLOW_TRACKING_PASSWORD: 'wr0ng-password' }],
    ['somebody it does not know', { ...admin, MLFLOW_TRACKING_USERNAME: 'eve' }],
    ['a token, which it does not know', { MLFLOW_TRACKING_TOKEN: 't0ken-of-ada' }],
  ])('refuses %s, for reading, writing and uploads', async (_, env) => {
    const client = open(env);
    for (const call of [
      () => client.searchExperiments().all(),
      () => client.createExperiment({ name: 'x' }),
      () => client.createRun({ experimentId: '0' }),
      () => client.uploadArtifact('a'.repeat(32), 'a', 'x'),
    ]) {
      const failure = await failureOf(call());
      expect(isUnauthorized(failure)).toBe(true);
      expect(inspect(failure, { depth: 9, showHidden: true })).not.toMatch(/wr0ng|t0ken|word\/12/);
    }
  });

  it('says what to set', async () => {
    await expect(open({}).getExperiment('0')).rejects.toThrow('set MLFLOW_TRACKING_USERNAME');
  });

  it('takes user and password of the environment, before a token', async () => {
    await writesAndReads(open({ ...admin, MLFLOW_TRACKING_TOKEN: 't0ken' }));
  });

  it('takes user and password of the address, before those of the environment', async () => {
    const address = server.url.replace('//', `//admin:${encodeURIComponent(password)}@`);
    await writesAndReads(open({ ...admin, MLFLOW_TRACKING_PASSWORD: 'wr0ng-password' }, address));
  });

  it('takes user and password of ~/.mlflow/credentials', async () => {
    await mkdir(join(home, '.mlflow'));
    const entries = [
      '[mlflow]',
      'mlflow_tracking_username = admin',
      `mlflow_tracking_password = ${password.replace('%', '%%')}`,
    ];
    await writeFile(join(home, '.mlflow/credentials'), entries.join('\n'));
    await writesAndReads(open({ HOME: home }));
  });

  it('tells nobody its version who has not said who is calling', async () => {
    expect(isUnauthorized(await failureOf(open({}).serverVersion()))).toBe(true);
    expect(await open(admin).capabilities()).toMatchObject({ serverVersion: '3.17.2', storeType: 'SqlStore' });
  });
});
