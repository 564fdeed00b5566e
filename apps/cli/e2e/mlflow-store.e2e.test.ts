import { rm } from 'node:fs/promises';
import { openMlflow, openRunLog, serveStore, type MlflowClient } from 'mlflow-client-ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/client.js';
import { closedPort } from './support/closed-port.js';
import { expectRefusal } from './support/refusal.js';
import { tinySizes } from './support/tiny-config.js';
import { Workplace } from './support/workplace.js';

let workplace: Workplace;

beforeAll(async () => {
  workplace = await Workplace.create(tinySizes);
});

afterAll(async () => {
  await workplace.dispose();
});

/** Serves a store in this process while a test goes on. */
async function whileServed<T>(folder: string, port: number, work: (client: MlflowClient) => Promise<T>): Promise<T> {
  const face = await serveStore(openMlflow({ trackingUri: `file:${workplace.path(folder)}` }), { port });
  try {
    return await work(openMlflow({ trackingUri: face.url, env: {} }));
  } finally {
    await face.close();
  }
}

describe('i-drill mlflow serve', () => {
  it("answers MLflow's API from the folder until Ctrl-C", async () => {
    const port = await closedPort();
    const args = ['--tracking-uri', `file:${workplace.path('served')}`, '--port', String(port)];
    const command = workplace.start(['mlflow', 'serve', ...args]);
    const client = openMlflow({ trackingUri: `http://127.0.0.1:${port}`, env: {}, maxAttempts: 1 });
    const experimentId = await until('the served store', () => client.ensureExperiment('a').catch(() => undefined));
    const { runId } = await client.createRun({ experimentId });
    command.interrupt();
    const { exitCode, answer } = await command.ended;
    expect({ exitCode, answer }).toMatchObject({ exitCode: 0, answer: { url: `http://127.0.0.1:${port}` } });
    const store = openMlflow({ trackingUri: `file:${workplace.path('served')}` });
    expect((await store.getRun(runId)).experimentId).toBe(experimentId);
  });

  it('asks for the token that its environment names', async () => {
    const port = await closedPort();
    const args = ['--tracking-uri', 'file:./guarded', '--port', String(port), '--token-variable', 'FACE_TOKEN'];
    const command = workplace.start(['mlflow', 'serve', ...args], { env: { FACE_TOKEN: 's3cret' } });
    const trackingUri = `http://127.0.0.1:${port}`;
    const friend = openMlflow({ trackingUri, env: { MLFLOW_TRACKING_TOKEN: 's3cret' }, maxAttempts: 1 });
    await until('the served store', () => friend.ensureExperiment('a').catch(() => undefined));
    const stranger = openMlflow({ trackingUri, env: {}, maxAttempts: 1 });
    await expect(stranger.ensureExperiment('b')).rejects.toMatchObject({ httpStatus: 401 });
    command.interrupt();
    const { exitCode, stdout, stderr } = await command.ended;
    expect(exitCode).toBe(0);
    expect(stdout + stderr).not.toContain('s3cret');
  });

  it('refuses to serve a server, an empty token, and a port that is taken', async () => {
    const toServer = await workplace.run(['mlflow', 'serve', '--tracking-uri', 'http://127.0.0.1:5000']);
    expectRefusal(toServer, { exitCode: 2, code: 'CLI_WRONG_VALUE', says: ['http://127.0.0.1:5000'] });
    const noToken = await workplace.run(['mlflow', 'serve', '--token-variable', 'NOT_SET']);
    expectRefusal(noToken, { exitCode: 2, code: 'CLI_WRONG_VALUE', says: ['NOT_SET'] });
    const port = await closedPort();
    await whileServed('other', port, async () => {
      const taken = await workplace.run(['mlflow', 'serve', '--port', String(port)]);
      expectRefusal(taken, { exitCode: 3, code: 'MLFLOW_UNREACHABLE', says: [String(port)] });
    });
  });
});

describe('i-drill mlflow sync', () => {
  it('sends what was logged while the server was down, and says so when it still is', async () => {
    const port = await closedPort();
    const trackingUri = `http://127.0.0.1:${port}`;
    const spool = ['--tracking-uri', trackingUri, '--spool', './spool'];
    await logWhileDown(trackingUri);
    const early = await workplace.run(['mlflow', 'sync', ...spool]);
    expect(early).toMatchObject({ exitCode: 3, answer: { shipped: 0, runs: [{ status: 'waiting' }] } });

    await whileServed('synced', port, async (client) => {
      const answer = await workplace.must(['mlflow', 'sync', ...spool]);
      expect(answer).toMatchObject({ remaining: 0, rejected: 0, runs: [{ status: 'complete' }] });
      const experiment = await client.findExperimentByName('offline');
      const runs = await client.searchRuns({ experimentIds: [experiment?.experimentId ?? ''] }).all();
      expect(runs).toHaveLength(1);
      expect(runs[0]).toMatchObject({ status: 'FINISHED', metrics: { rmse: 1 }, params: { size: '64' } });
      const again = await workplace.must(['mlflow', 'sync', ...spool]);
      expect(again).toMatchObject({ shipped: 0, runs: [] });
    });
  });

  async function logWhileDown(trackingUri: string): Promise<void> {
    const server = openMlflow({ trackingUri, env: {}, maxAttempts: 1 });
    const begin = { type: 'beginRun', experimentName: 'offline', startTime: 1000, tags: {} } as const;
    const log = await openRunLog(server, begin, { folder: workplace.path('spool'), patienceMs: 100 });
    const metrics = [{ key: 'rmse', value: 1, timestamp: 1000, step: 0 }];
    log.append({ type: 'logBatch', batch: { params: { size: '64' }, metrics } });
    log.append({ type: 'updateRun', update: { status: 'FINISHED', endTime: 2000 } });
    await log.close();
  }
});

describe('i-drill train with a server that is down', () => {
  it('trains to the end, warns once and says how to go on; sync then brings the whole run to the server', async () => {
    const port = await closedPort();
    const server = ['--tracking-uri', `http://127.0.0.1:${port}`];
    const start = performance.now();
    const trained = await workplace.run(['train', '--epochs', '1', ...server]);
    expect(performance.now() - start).toBeLessThan(60_000);
    expectRefusal(trained, {
      exitCode: 3,
      code: 'MLFLOW_UNREACHABLE',
      says: [
        'Cannot register a version',
        `127.0.0.1:${port}`,
        '.i-drill/spool',
        'i-drill mlflow sync',
        'i-drill train',
      ],
    });
    expect(trained.stderr.match(/"level":"warn"/g)).toHaveLength(1);
    await whileServed('trained', port, async (client) => {
      const answer = await workplace.must(['mlflow', 'sync', ...server]);
      expect(answer).toMatchObject({ remaining: 0, rejected: 0, runs: [{ status: 'complete' }] });
      const experiments = await client.searchExperiments().all();
      const [run] = await client.searchRuns({ experimentIds: experiments.map((each) => each.experimentId) }).all();
      expect(Object.keys(run?.metrics ?? {})).toEqual(expect.arrayContaining(['test_mae', 'best_epoch']));
      const files = await client.artifacts({ runId: run?.runId ?? '' }).list('model');
      expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(['model/MLmodel', 'model/model.onnx']));
      const mlmodel = Buffer.from(await client.downloadArtifact(run?.runId ?? '', 'model/MLmodel')).toString();
      expect(mlmodel).toContain(run?.runId);
      expect(mlmodel).not.toContain('offline-');
      expect(run?.status).toBe('FAILED'); // there is no version of it
    });
  });
});

describe('i-drill mlflow export', () => {
  it('replays a folder to a server, once', async () => {
    const source = openMlflow({ trackingUri: `file:${workplace.path('source')}` });
    const experimentId = await source.ensureExperiment('wells');
    const { runId } = await source.createRun({ experimentId, runName: 'first' });
    await source.logBatch(runId, { metrics: [{ key: 'rmse', value: 1, timestamp: 1000, step: 0 }] });
    await source.uploadArtifact(runId, 'model/MLmodel', 'flavors: {}\n');
    await source.updateRun(runId, { status: 'FINISHED' });
    await source.ensureRegisteredModel('rop');
    await source.createModelVersion({ name: 'rop', source: `runs:/${runId}/model`, runId });
    await source.setRegisteredModelAlias('rop', 'champion', '1');

    const port = await closedPort();
    await whileServed('target', port, async (client) => {
      const args = ['mlflow', 'export', '--tracking-uri', 'file:./source', '--to', `http://127.0.0.1:${port}`];
      await workplace.must(args);
      await workplace.must(args); // again
      const experiment = await client.findExperimentByName('wells');
      const runs = await client.searchRuns({ experimentIds: [experiment?.experimentId ?? ''] }).all();
      expect(runs).toHaveLength(1);
      expect(runs[0]).toMatchObject({ runName: 'first', metrics: { rmse: 1 }, status: 'FINISHED' });
      const version = await client.findModelVersionByAlias('rop', 'champion');
      expect(version).toMatchObject({ version: '1', runId: runs[0]?.runId });
      expect(await client.listModelVersions('rop')).toHaveLength(1);
    });
    await rm(workplace.path('source'), { recursive: true });
  });

  it('needs the address of a server, and one that answers', async () => {
    const nowhere = await workplace.run(['mlflow', 'export']);
    expectRefusal(nowhere, { exitCode: 2, code: 'CLI_USAGE', says: ['--to'] });
    const folder = await workplace.run(['mlflow', 'export', '--to', 'file:./copy']);
    expectRefusal(folder, { exitCode: 2, code: 'CLI_USAGE', says: ['http(s)://host:port'] });
    const address = `http://127.0.0.1:${await closedPort()}`;
    const away = await workplace.run(['mlflow', 'export', '--to', address]);
    expectRefusal(away, { exitCode: 3, code: 'MLFLOW_UNREACHABLE', says: [address] });
  });
});
