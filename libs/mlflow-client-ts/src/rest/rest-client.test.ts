import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startRecordingServer, type Answer, type RecordingServer } from '../../testing/recording-server.js';
import { checkedClient } from '../checks/checked-client.js';
import { openMlflow, type MlflowClient } from '../index.js';
import { createRestClient } from './rest-client.js';
import { resolveRestSettings, type RestSettings } from './settings.js';

let server: RecordingServer;
beforeAll(async () => {
  server = await startRecordingServer();
});
afterAll(async () => {
  await server.stop();
});

const sleeps: number[] = [];
afterEach(() => {
  sleeps.length = 0;
});

/** A client that notes its waits instead of waiting. */
function client(changes: Partial<RestSettings> = {}, env: Record<string, string> = {}): MlflowClient {
  const settings: RestSettings = {
    ...resolveRestSettings({ trackingUri: server.url, env }),
    sleep: (ms) => {
      sleeps.push(ms);
      return Promise.resolve();
    },
    random: () => 0.5,
    ...changes,
  };
  return checkedClient(createRestClient(settings), () => 1234);
}

const runId = 'a'.repeat(32);
const run = { info: { run_id: runId, experiment_id: '1', status: 'RUNNING', start_time: 1234 } };
const runAnswer: Answer = { body: { run } };
const busy: Answer = {
  status: 429,
  headers: { 'retry-after': '3' },
  body: { error_code: 'RESOURCE_EXHAUSTED', message: 'slow down' },
};
const badGateway: Answer = { status: 502, body: '<html><h1>502 Bad Gateway</h1>nginx</html>' };

describe('retries', () => {
  it('wait as long as the server asks for', async () => {
    server.answer(busy, runAnswer);
    expect((await client().getRun(runId)).runId).toBe(runId);
    expect(sleeps).toEqual([3000]);
  });

  it('give up when the server asks for more than the limit', async () => {
    server.answer({ ...busy, headers: { 'retry-after': '3600' } }, runAnswer);
    await expect(client().getRun(runId)).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED', httpStatus: 429 });
    expect(server.calls).toHaveLength(1);
  });

  it('wait half of 250 and of 500 ms at the middle of the jitter, then give up with what the proxy said', async () => {
    server.answer(badGateway);
    await expect(client().getRun(runId)).rejects.toMatchObject({
      code: 'MLFLOW_BAD_RESPONSE',
      httpStatus: 502,
      message: `Cannot get run "${runId}": ${server.url} answered HTTP 502 with no MLflow error; see details.body`,
      details: { contentType: 'text/html', body: '<html><h1>502 Bad Gateway</h1>nginx</html>' },
    });
    expect(server.calls).toHaveLength(3);
    expect(sleeps).toEqual([125, 250]);
  });

  it('repeat a dropped connection for a read', async () => {
    server.answer('drop', runAnswer);
    expect((await client().getRun(runId)).runId).toBe(runId);
    expect(server.calls).toHaveLength(2);
  });

  it('do not repeat a create whose answer was lost, for it may have been done', async () => {
    server.answer('drop', runAnswer);
    await expect(client().createRun({ experimentId: '1' })).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
    server.answer(badGateway, runAnswer);
    await expect(client().createRun({ experimentId: '1' })).rejects.toMatchObject({ httpStatus: 502 });
    const version = { name: 'm', source: 'runs:/a/model', runId };
    server.answer('drop', { body: { model_version: {} } });
    await expect(client().createModelVersion(version)).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
    expect(server.calls).toHaveLength(1);
  });

  it('repeat a create that the server refused for being busy', async () => {
    server.answer(busy, runAnswer);
    expect((await client().createRun({ experimentId: '1' })).runId).toBe(runId);
  });

  it('do not repeat what the server understood and refused', async () => {
    server.answer({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE', message: 'bad filter' } });
    const search = client().searchRuns({ experimentIds: ['1'], filter: 'x' });
    await expect(search).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE', httpStatus: 400 });
    expect(server.calls).toHaveLength(1);
  });
});

describe('a server that cannot be used', () => {
  it('fails with MLFLOW_UNREACHABLE when nothing listens, and says where', async () => {
    const url = await unusedAddress();
    const closed = client({ baseUrl: url });
    await expect(closed.ensureExperiment('a')).rejects.toMatchObject({
      code: 'MLFLOW_UNREACHABLE',
      message: `Cannot find experiment "a": no connection to ${url} (ECONNREFUSED); start the server or correct the tracking URI`,
      details: { networkCode: 'ECONNREFUSED' },
    });
    await expect(closed.createRun({ experimentId: '1' })).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
    expect(sleeps).toHaveLength(4); // both were repeated: nothing had been sent
  });

  it('fails with MLFLOW_UNREACHABLE after one try when connecting takes too long', async () => {
    let tries = 0;
    const fetch = (): Promise<never> => {
      tries += 1;
      const cause = Object.assign(new Error('Connect Timeout Error'), { code: 'UND_ERR_CONNECT_TIMEOUT' });
      return Promise.reject(new TypeError('fetch failed', { cause }));
    };
    await expect(client({ fetch }).getRun(runId)).rejects.toMatchObject({
      code: 'MLFLOW_UNREACHABLE',
      details: { networkCode: 'UND_ERR_CONNECT_TIMEOUT' },
    });
    expect(tries).toBe(1);
  });

  it('fails with MLFLOW_TIMEOUT when no answer comes, once', async () => {
    server.answer('hang');
    const impatient = openMlflow({ trackingUri: server.url, env: {}, timeoutMs: 60 });
    await expect(impatient.getRun(runId)).rejects.toMatchObject({
      code: 'MLFLOW_TIMEOUT',
      message: `Cannot get run "${runId}": no complete answer from ${server.url} within 0.06 s; check the server, or raise the timeout`,
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
    const failed = client().logBatch(runId, { tags: { a: 'b' } });
    await expect(failed).rejects.toMatchObject({ code, httpStatus: status, details: { body } });
    await expect(failed).rejects.toThrow(hint);
  });

  it('fails with MLFLOW_BAD_RESPONSE on a page instead of JSON, and on JSON of something else', async () => {
    server.answer({ body: '<html>Please log in</html>' });
    await expect(client().getRun(runId)).rejects.toMatchObject({
      code: 'MLFLOW_BAD_RESPONSE',
      details: { body: '<html>Please log in</html>' },
    });
    server.answer({ body: { hello: 'world' } });
    await expect(client().getRun(runId)).rejects.toThrow('contains no "run"');
  });
});

describe('what is sent', () => {
  it('always names a page size and a start time', async () => {
    server.answer(runAnswer);
    await client().createRun({ experimentId: '1' });
    expect(server.calls[0]?.json).toEqual({ experiment_id: '1', start_time: 1234, tags: [] });
    await client().getMetricHistory(runId, 'rmse');
    expect(server.calls[1]).toMatchObject({ method: 'GET', query: { metric_key: 'rmse', max_results: '25000' } });
    await client().searchRuns({ experimentIds: ['1'] });
    expect(server.calls[3]?.json).toEqual({ experiment_ids: ['1'], run_view_type: 'ACTIVE_ONLY', max_results: 1000 });
  });

  it('deletes with a JSON body', async () => {
    server.answer({ body: {} });
    await client().deleteRegisteredModelAlias('m', 'staging');
    expect(server.calls[0]).toMatchObject({
      method: 'DELETE',
      path: '/api/2.0/mlflow/registered-models/alias',
      query: {},
      json: { name: 'm', alias: 'staging' },
    });
  });

  it('writes NaN and infinities as texts', async () => {
    server.answer({ body: {} });
    const metrics = [NaN, Infinity, -Infinity, 0.5].map((value) => ({ key: 'm', value, timestamp: 1, step: 0 }));
    await client().logBatch(runId, { metrics });
    const { metrics: sent } = server.calls[0]?.json as { metrics: { value: unknown }[] };
    expect(sent.map(({ value }) => value)).toEqual(['NaN', 'Infinity', '-Infinity', 0.5]);
  });

  it('follows pages to the end, and stops when a server repeats its token', async () => {
    const page = (token?: string): Answer => ({ body: { runs: [run], ...(token && { next_page_token: token }) } });
    server.answer(page('t1'), page('t2'), page());
    expect(await client().searchRuns({ experimentIds: ['1'] })).toHaveLength(3);
    expect(server.calls.map(({ json }) => (json as { page_token?: string }).page_token)).toEqual([
      undefined,
      't1',
      't2',
    ]);
    server.answer(page('same'));
    expect(await client().searchRuns({ experimentIds: ['1'] })).toHaveLength(2);
  });

  it('asks for no more runs than wanted', async () => {
    server.answer(
      { body: { runs: [run, run], next_page_token: 't' } },
      { body: { runs: [run], next_page_token: 'u' } },
    );
    expect(await client().searchRuns({ experimentIds: ['1'], maxResults: 3 })).toHaveLength(3);
    expect(server.calls.map(({ json }) => (json as { max_results: number }).max_results)).toEqual([3, 1]);
  });

  it('keeps the path before the API', async () => {
    server.answer(runAnswer);
    const prefixed = openMlflow({ trackingUri: `${server.url}/mlflow/`, env: {} });
    expect(prefixed.trackingUri).toBe(`${server.url}/mlflow`);
    await prefixed.getRun(runId);
    expect(server.calls[0]?.path).toBe('/mlflow/api/2.0/mlflow/runs/get');
  });

  it('makes an experiment only once when another caller is faster', async () => {
    const absent: Answer = { status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'no' } };
    const exists: Answer = { status: 400, body: { error_code: 'RESOURCE_ALREADY_EXISTS', message: 'yes' } };
    const found: Answer = { body: { experiment: { experiment_id: '7', lifecycle_stage: 'active' } } };
    server.answer(absent, exists, found);
    expect(await client().ensureExperiment('a')).toBe('7');
  });

  it('refuses a deleted experiment', async () => {
    server.answer({ body: { experiment: { experiment_id: '7', lifecycle_stage: 'deleted' } } });
    await expect(client().ensureExperiment('a')).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  });
});

describe('what is read', () => {
  it('takes bare NaN, NaN as text, and the largest double for infinity', async () => {
    const values = [
      'NaN',
      '"NaN"',
      '-Infinity',
      '"Infinity"',
      '1.7976931348623157e308',
      '-1.7976931348623157e308',
      '0.5',
    ];
    const metrics = values.map(
      (value, step) => `{"key":"a NaN \\" NaN","value":${value},"timestamp":1,"step":${step}}`,
    );
    server.answer({ headers: { 'content-type': 'application/json' }, body: `{"metrics":[${metrics.join()}]}` });
    const history = await client().getMetricHistory(runId, 'rmse');
    expect(history.map(({ value }) => value)).toEqual([NaN, NaN, -Infinity, Infinity, Infinity, -Infinity, 0.5]);
    expect(history[0]?.key).toBe('a NaN " NaN');
  });
});

describe('credentials', () => {
  const sent = async (trackingUri: string, env: Record<string, string>): Promise<string | undefined> => {
    server.answer(runAnswer);
    await openMlflow({ trackingUri, env }).getRun(runId);
    return server.calls[0]?.headers.authorization;
  };
  const ada = 'Basic YWRhOnM6ZWNyZXQ='; // ada:s:ecret

  it('are a user with password, before a token', async () => {
    expect(await sent(server.url, {})).toBeUndefined();
    expect(await sent(server.url, { MLFLOW_TRACKING_TOKEN: 'tok' })).toBe('Bearer tok');
    const user = { MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_PASSWORD: 's:ecret' };
    expect(await sent(server.url, { ...user, MLFLOW_TRACKING_TOKEN: 'tok' })).toBe(ada);
    expect(await sent(server.url, { MLFLOW_TRACKING_USERNAME: 'ada' })).toBeUndefined();
  });

  it('are read from the credentials file of the user', async () => {
    const home = mkdtempSync(join(tmpdir(), 'mlflow-home-'));
    mkdirSync(join(home, '.mlflow'));
    const text =
      '[other]\nmlflow_tracking_username = bob\n[mlflow]\n; note\nmlflow_tracking_username = ada\nmlflow_tracking_password=s:ecret\n';
    writeFileSync(join(home, '.mlflow/credentials'), text);
    expect(await sent(server.url, { HOME: home })).toBe(ada);
    rmSync(home, { recursive: true });
  });

  it('may stand in the address, and never appear in errors', async () => {
    const address = server.url.replace('//', '//ada:s%3Aecret@');
    expect(await sent(address, {})).toBe(ada);
    expect(openMlflow({ trackingUri: address, env: {} }).trackingUri).toBe(server.url);
    server.answer({ status: 401, body: 'no' });
    const failure: unknown = await openMlflow({ trackingUri: address, env: {} })
      .getRun(runId)
      .catch((error: unknown) => error);
    expect(JSON.stringify([failure, String(failure)])).not.toMatch(/ecret|YWRh/);
    expect(() => openMlflow({ trackingUri: `${address}/?key=ecret`, env: {} })).toThrow(
      expect.not.stringContaining('ecret'),
    );
  });

  it('come with the workspace when one is named', async () => {
    await sent(server.url, { MLFLOW_WORKSPACE: 'drilling' });
    expect(server.calls[0]?.headers['x-mlflow-workspace']).toBe('drilling');
  });
});

it('shortens a message that quotes a long value', async () => {
  server.answer({
    status: 400,
    body: { error_code: 'INVALID_PARAMETER_VALUE', message: `value ${'x'.repeat(100_000)}` },
  });
  const failure: unknown = await client()
    .getRun(runId)
    .catch((error: unknown) => error);
  expect(String(failure).length).toBeLessThan(700);
});

describe('artifacts', () => {
  const at = (artifactUri: string): Answer => ({ body: { run: { info: { ...run.info, artifact_uri: artifactUri } } } });

  it('go through the proxy with each segment encoded', async () => {
    server.answer(at('mlflow-artifacts:/1/a b/artifacts'), { body: {} });
    await client().uploadArtifact(runId, 'model/ü 100 %?.txt', 'hello');
    expect(server.calls[1]).toMatchObject({
      method: 'PUT',
      path: '/api/2.0/mlflow-artifacts/artifacts/1/a%20b/artifacts/model/%C3%BC%20100%20%25%3F.txt',
      text: 'hello',
    });
  });

  it('go to another host or address when the run says so', async () => {
    const host = new URL(server.url).host;
    server.answer(at(`mlflow-artifacts://${host}/x`), { body: 'bytes' });
    expect(new TextDecoder().decode(await client().downloadArtifact(runId, 'a'))).toBe('bytes');
    expect(server.calls[1]?.path).toBe('/api/2.0/mlflow-artifacts/artifacts/x/a');
    server.answer(at(`${server.url}/files/x/`), { body: 'bytes' });
    await client().downloadArtifact(runId, 'a');
    expect(server.calls[1]?.path).toBe('/files/x/a');
  });

  it('are files when the run keeps them in a folder of this machine', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mlflow artifacts '));
    server.answer(at(`file://${folder.replaceAll(' ', '%20')}`));
    const opened = client();
    await opened.uploadArtifact(runId, 'model/a.txt', 'hello');
    expect(new TextDecoder().decode(await opened.downloadArtifact(runId, 'model/a.txt'))).toBe('hello');
    expect(await opened.listArtifacts(runId, 'model')).toEqual([
      { path: 'model/a.txt', isDirectory: false, sizeBytes: 5 },
    ]);
    expect(server.calls).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });

  it('in other storage are refused with what to do', async () => {
    server.answer(at('s3://bucket/x'));
    const failed = client().uploadArtifact(runId, 'a', '');
    await expect(failed).rejects.toMatchObject({ code: 'MLFLOW_UNSUPPORTED_ARTIFACT_STORE' });
    await expect(failed).rejects.toThrow('--serve-artifacts');
  });

  it('are not found when an older server says 500, and the folder does not contain them', async () => {
    const files = [{ path: 'model/there.txt', is_dir: false }, { path: 'model/folder', is_dir: true }]; // prettier-ignore
    const broken: Answer = { status: 500, body: { error_code: 'INTERNAL_ERROR', message: 'oops' } };
    const download = async (path: string): Promise<unknown> => {
      server.answer(at('mlflow-artifacts:/1/a'), broken, { body: { files } });
      return client({ maxAttempts: 1 })
        .downloadArtifact(runId, path)
        .catch((error: unknown) => error);
    };
    for (const path of ['model/absent.txt', 'model/folder']) {
      expect(await download(path)).toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    }
    expect(await download('model/there.txt')).toMatchObject({ code: 'INTERNAL_ERROR' });
  });

  it('are listed over all pages', async () => {
    const page = (path: string, token?: string): Answer => ({
      body: { files: [{ path, is_dir: false, file_size: 3 }], ...(token && { next_page_token: token }) },
    });
    server.answer(at('mlflow-artifacts:/1/a'), page('b', 't'), page('a'));
    expect((await client().listArtifacts(runId)).map(({ path }) => path)).toEqual(['a', 'b']);
  });
});

async function unusedAddress(): Promise<string> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  return `http://127.0.0.1:${port}`;
}
