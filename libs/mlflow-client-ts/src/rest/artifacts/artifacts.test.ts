import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArtifactMethods } from '../../api/artifacts.js';
import { isUnavailable } from '../../error-guards.js';
import { MlflowError } from '../../errors.js';
import { startRecordingServer, type Answer, type RecordingServer } from '../../../testing/recording-server.js';
import { failureOf, testSettings } from '../../../testing/rest-settings.js';
import { createRestClient } from '../rest-client.js';
import type { RestOptions, RestSettings } from '../settings.js';

let server: RecordingServer;
beforeAll(async () => {
  server = await startRecordingServer();
});
afterAll(async () => {
  await server.stop();
});

const runId = 'a'.repeat(32);
const at = (artifactUri: string): Answer => ({ body: { run: { info: { artifact_uri: artifactUri } } } });
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function client(changes: Partial<RestSettings> = {}, options: Partial<RestOptions> = {}, path = ''): ArtifactMethods {
  return createRestClient(testSettings(server.url + path, changes, options).settings);
}

describe('artifacts', () => {
  it('go through the proxy with each segment encoded', async () => {
    server.answer(at('mlflow-artifacts:/1/a b/artifacts'), { body: {} });
    await client().uploadArtifact(runId, 'model/ü 100 %?.txt', 'hello');
    expect(server.calls[1]).toMatchObject({
      method: 'PUT',
      path: '/api/2.0/mlflow-artifacts/artifacts/1/a%20b/artifacts/model/%C3%BC%20100%20%25%3F.txt',
      headers: { 'content-type': 'application/octet-stream', 'content-length': '5' },
      text: 'hello',
    });
  });

  it.each([
    ['uploaded', (methods: ArtifactMethods) => methods.uploadArtifact(runId, 'a', 'x')],
    ['deleted', (methods: ArtifactMethods) => methods.artifacts({ runId }).delete('a')],
  ])('are not %s when a page answers instead of the server', async (_, change) => {
    server.answer(at('mlflow-artifacts:/x'), { body: '<html>Please log in</html>' });
    await expect(change(client())).rejects.toMatchObject({
      code: 'MLFLOW_BAD_RESPONSE',
      body: '<html>Please log in</html>',
    });
    server.answer(at(`${server.url}/dav/x`), { status: 201, body: '<h1>Created</h1>' });
    await expect(change(client())).resolves.toBeUndefined();
  });

  it('are out of reach for good when the server hands none on, whatever status it gives', async () => {
    const refusal =
      'Endpoint: /api/2.0/mlflow-artifacts disabled due to the mlflow server running with `--no-serve-artifacts`.';
    server.answer(at('mlflow-artifacts:/x'), { status: 503, body: refusal });
    const error = await failureOf(client().uploadArtifact(runId, 'a', 'x'));
    expect(error).toMatchObject({ code: 'MLFLOW_UNSUPPORTED_ARTIFACT_STORE', httpStatus: 503, body: refusal });
    expect(error.message).toContain('start it with --serve-artifacts');
    expect(isUnavailable(error)).toBe(false);
  });

  it('keep the path before the API, as Python does', async () => {
    server.answer(at('mlflow-artifacts:/x'), { body: 'bytes' });
    await client({}, {}, '/mlflow').downloadArtifact(runId, 'a');
    expect(server.calls[1]?.path).toBe('/mlflow/api/2.0/mlflow-artifacts/artifacts/x/a');
  });

  it('go to another host or address when the run says so', async () => {
    const host = new URL(server.url).host;
    server.answer(at(`mlflow-artifacts://${host}/x`), { body: 'bytes' });
    expect(text(await client().downloadArtifact(runId, 'a'))).toBe('bytes');
    expect(server.calls[1]?.path).toBe('/api/2.0/mlflow-artifacts/artifacts/x/a');
    server.answer(at(`${server.url}/files/x/`), { body: 'bytes' });
    await client().downloadArtifact(runId, 'a');
    expect(server.calls[1]?.path).toBe('/files/x/a');
  });

  it('on another host are reached without the Authorization header', async () => {
    const other = await startRecordingServer();
    const env = { MLFLOW_TRACKING_TOKEN: 't0ken' };
    server.answer(at(`mlflow-artifacts://${new URL(other.url).host}/x`));
    other.answer({ body: 'bytes' });
    await client({}, { env }).downloadArtifact(runId, 'a');
    expect(server.calls[0]?.headers.authorization).toBe('Bearer t0ken');
    expect(other.calls[0]?.path).toBe('/api/2.0/mlflow-artifacts/artifacts/x/a');
    expect(other.calls[0]?.headers.authorization).toBeUndefined();
    await other.stop();
  });

  it('are files when the run keeps them in a folder of this machine', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mlflow artifacts '));
    server.answer(at(`file://${folder.replaceAll(' ', '%20')}`));
    const opened = client();
    await opened.uploadArtifact(runId, 'model/a.txt', 'hello');
    expect(text(await opened.downloadArtifact(runId, 'model/a.txt'))).toBe('hello');
    expect(await opened.listArtifacts(runId, 'model')).toEqual([
      { path: 'model/a.txt', isDirectory: false, sizeBytes: 5 },
    ]);
    expect(server.calls).toHaveLength(1); // where they are was asked once
    rmSync(folder, { recursive: true });
  });

  it('in a folder of this machine that cannot be used are MLFLOW_FILE_SYSTEM', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'artifacts-'));
    writeFileSync(join(folder, 'file'), '');
    server.answer(at(join(folder, 'file')));
    const opened = client();
    await expect(opened.uploadArtifact(runId, 'a', 'x')).rejects.toMatchObject({ code: 'MLFLOW_FILE_SYSTEM' });
    const long = join(folder, 'x'.repeat(300));
    for (const upload of ['uploadFile', 'uploadFolder'] as const) {
      const failed = opened.artifacts({ runId })[upload]('a', long);
      await expect(failed).rejects.toMatchObject({ code: 'MLFLOW_FILE_SYSTEM', details: { fault: 'ENAMETOOLONG' } });
    }
    rmSync(folder, { recursive: true });
  });

  it.each(['s3://bucket/x', 'gs://bucket/x', 'wasbs://c@a.net/x', 'dbfs:/x', 'file://other-host/x'])(
    'at %s are refused with what to do',
    async (uri) => {
      server.answer(at(uri));
      const failure = await failureOf(client().uploadArtifact(runId, 'a', ''));
      expect(failure).toMatchObject({ code: 'MLFLOW_UNSUPPORTED_ARTIFACT_STORE', details: { artifactUri: uri } });
      expect(failure.message).toContain('--serve-artifacts');
    },
  );

  it('of a logged model are found by its own address, and listed by it', async () => {
    server.answer(
      { body: { model: { info: { artifact_uri: 'mlflow-artifacts:/1/models/m-1/artifacts' } } } },
      { body: { files: [{ path: 'data/a', is_dir: false, file_size: 3 }] } },
      { body: 'bytes' },
    );
    const repository = client().artifacts({ modelId: 'm-1' });
    expect(await repository.list('data')).toEqual([{ path: 'data/a', isDirectory: false, sizeBytes: 3 }]);
    expect(server.calls.map(({ path }) => path)).toEqual([
      '/api/2.0/mlflow/logged-models/m-1',
      '/api/2.0/mlflow/logged-models/m-1/artifacts/directories',
    ]);
    expect(server.calls[1]?.query).toEqual({ artifact_directory_path: 'data' });
    await repository.download('data/a');
    expect(server.calls[2]?.path).toBe('/api/2.0/mlflow-artifacts/artifacts/1/models/m-1/artifacts/data/a');
  });

  it('are not found when an older server says 500, and the folder does not contain them', async () => {
    const files = [
      { path: 'model/there.txt', is_dir: false },
      { path: 'model/folder', is_dir: true },
    ];
    const broken: Answer = { status: 500, body: { error_code: 'INTERNAL_ERROR', message: 'oops' } };
    const download = async (path: string): Promise<unknown> => {
      server.answer(at('mlflow-artifacts:/1/a'), broken, { body: { files } });
      return failureOf(client({ maxAttempts: 1 }).downloadArtifact(runId, path));
    };
    for (const path of ['model/absent.txt', 'model/folder']) {
      expect(await download(path)).toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    }
    expect(await download('model/there.txt')).toMatchObject({ code: 'INTERNAL_ERROR' });
  });

  it.each([
    'http://exa mple/x',
    'mlflow-artifacts://[bad/x',
    'mlflow-artifacts:/a/../../b',
    'file://%zz/x',
    'file:///a%2Fb',
    'sftp://ada:s3cret@host/x',
    '',
  ])('at %j cannot be reached, which is told without what is secret', async (uri) => {
    server.answer(at(uri));
    const failure = await failureOf(client().downloadArtifact(runId, 'a'));
    expect(failure).toBeInstanceOf(MlflowError);
    expect(inspect(failure)).not.toContain('s3cret');
    expect(server.calls).toHaveLength(1);
  });

  it('at an address with user and password are reached with them, and no error and no file shows them', async () => {
    const address = server.url.replace('//', '//ada:s3cret@');
    const folder = mkdtempSync(join(tmpdir(), 'artifacts-'));
    server.answer(at(`${address}/x`), { status: 418, body: `I know ${Buffer.from('ada:s3cret').toString('base64')}` });
    const files = client({ maxAttempts: 1 }).artifacts({ runId });
    const failure = await failureOf(files.downloadFile('a', join(folder, 'a')));
    expect(server.calls[1]?.headers.authorization).toBe(`Basic ${Buffer.from('ada:s3cret').toString('base64')}`);
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toMatch(/s3cret|YWRh/);
    server.answer({ headers: { 'content-length': '9', connection: 'close' }, body: 'abc' });
    await failureOf(files.downloadFile('a', join(folder, 'a')));
    expect(readFileSync(join(folder, 'a.part.json'), 'utf8')).not.toContain('s3cret');
    rmSync(folder, { recursive: true });
  });

  it('are listed over all pages', async () => {
    const page = (path: string, token?: string): Answer => ({
      body: { files: [{ path, is_dir: false, file_size: 3 }], ...(token && { next_page_token: token }) },
    });
    server.answer(at('mlflow-artifacts:/1/a'), page('b', 't'), page('a'));
    expect((await client().listArtifacts(runId)).map(({ path }) => path)).toEqual(['a', 'b']);
    expect(server.calls[2]?.query).toEqual({ run_id: runId, page_token: 't' });
  });

  it('that are deleted may be absent; a single file that an old server cannot delete is MLFLOW_UNSUPPORTED', async () => {
    const broken: Answer = { status: 500, body: '<h1>Internal Server Error</h1>' };
    const remove = async (...answers: readonly Answer[]): Promise<void> => {
      server.answer(at('mlflow-artifacts:/1/a'), ...answers);
      await client({ maxAttempts: 1 }).artifacts({ runId }).delete('a.txt');
    };
    await remove({ status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'no' } });
    await remove(broken, { body: {} });
    const files = [{ path: 'a.txt', is_dir: false }];
    await expect(remove(broken, { body: { files } })).rejects.toMatchObject({ code: 'MLFLOW_UNSUPPORTED' });
  });
});
