import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServedStore, type RawAnswer, type ServedStore } from '../../testing/served-store.js';

const content = randomBytes(300_000);

describe('artifacts behind a face', () => {
  let face: ServedStore;
  let runId: string;
  let root: string;
  beforeAll(async () => {
    face = await startServedStore();
    const experimentId = await face.store.ensureExperiment('files');
    ({ runId } = await face.store.createRun({ experimentId }));
    root = `/api/2.0/mlflow-artifacts/artifacts/${experimentId}/${runId}/artifacts`;
    await face.store.uploadArtifact(runId, 'd/bytes.bin', content);
    await face.store.uploadArtifact(runId, 'd/empty', '');
  });
  afterAll(() => face.stop());

  const get = (path: string, headers: Record<string, string> = {}): Promise<RawAnswer> =>
    face.send({ path: `${root}/${path}`, headers });

  it('sends a file whole, with its length and a tag of its state, never to be shown as a page', async () => {
    const { status, headers, bytes } = await get('d/bytes.bin');
    expect(status).toBe(200);
    expect(bytes.equals(content)).toBe(true);
    expect(headers).toMatchObject({
      'content-length': '300000',
      'content-type': 'application/octet-stream',
      'content-disposition': "attachment; filename*=UTF-8''bytes.bin",
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      etag: expect.stringMatching(/^".+"$/),
    });
    expect((await get('d/empty')).headers).toMatchObject({ 'content-length': '0' });
  });

  it.each([
    ['bytes=0-9', 0, 9],
    ['bytes=299990-', 299_990, 299_999],
    ['bytes=-5', 299_995, 299_999],
    ['bytes=299999-999999999', 299_999, 299_999],
    ['bytes=-999999999', 0, 299_999],
  ])('sends the part %s', async (range, start, end) => {
    const { status, headers, bytes } = await get('d/bytes.bin', { range });
    expect(status).toBe(206);
    expect(headers['content-range']).toBe(`bytes ${start}-${end}/300000`);
    expect(bytes.equals(content.subarray(start, end + 1))).toBe(true);
  });

  it('refuses a part that begins behind the end', async () => {
    const { status, headers } = await get('d/bytes.bin', { range: 'bytes=300000-' });
    expect([status, headers['content-range']]).toEqual([416, 'bytes */300000']);
    expect((await get('d/empty', { range: 'bytes=0-' })).status).toBe(416);
  });

  it.each(['bytes=5-1', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=-', 'bytes=a-b'])('sends all for %s', async (range) => {
    const { status, bytes } = await get('d/bytes.bin', { range });
    expect([status, bytes.length]).toEqual([200, 300_000]);
  });

  it('sends all instead of a part when the file is another by now, and nothing when it is the same', async () => {
    await face.store.uploadArtifact(runId, 'changing', 'first');
    const { etag = '' } = (await get('changing')).headers;
    expect((await get('changing', { range: 'bytes=1-', 'if-range': etag })).text).toBe('irst');
    expect((await get('changing', { 'if-none-match': etag })).status).toBe(304);
    await face.store.uploadArtifact(runId, 'changing', 'second');
    expect((await get('changing', { range: 'bytes=1-', 'if-range': etag })).text).toBe('second');
    expect((await get('changing', { 'if-none-match': etag })).text).toBe('second');
  });

  it('tells the length of a file to HEAD, without the file', async () => {
    const { status, headers, bytes } = await face.send({ method: 'HEAD', path: `${root}/d/bytes.bin` });
    expect([status, headers['content-length'], bytes.length]).toEqual([200, '300000', 0]);
  });

  it('takes a file of any bytes, and lists it by its base name', async () => {
    const put = await face.send({ method: 'PUT', path: `${root}/in/a%20b%25.bin`, body: content });
    expect(put.status).toBe(200);
    expect(Buffer.from(await face.store.downloadArtifact(runId, 'in/a b%.bin')).equals(content)).toBe(true);
    const folder = root.slice(root.indexOf('/artifacts/') + '/artifacts/'.length);
    const listed = await face.send({ path: `/api/2.0/mlflow-artifacts/artifacts?path=${folder}/in` });
    expect(JSON.parse(listed.text)).toEqual({ files: [{ path: 'a b%.bin', is_dir: false, file_size: 300_000 }] });
    const byRun = await face.call('GET', `artifacts/list?run_id=${runId}&path=in`);
    expect(byRun.json).toMatchObject({ files: [{ path: 'in/a b%.bin', is_dir: false, file_size: 300_000 }] });
  });

  it('deletes a file, a folder, and all', async () => {
    const { experimentId } = await face.store.getRun(runId);
    const other = await face.store.createRun({ experimentId });
    const place = `/api/2.0/mlflow-artifacts/artifacts/${experimentId}/${other.runId}/artifacts`;
    for (const path of ['a', 'b/c', 'b/d', 'e']) await face.store.uploadArtifact(other.runId, path, 'x');
    const left = async (path: string): Promise<string[]> => {
      expect((await face.send({ method: 'DELETE', path })).status).toBe(200);
      return (await face.store.listArtifacts(other.runId)).map((file) => file.path);
    };
    expect(await left(`${place}/a`)).toEqual(['b', 'e']);
    expect(await left(`${place}/b`)).toEqual(['e']);
    expect(await left(place)).toEqual([]);
    expect(await left(`${place}/none`)).toEqual([]);
  });

  it.each([
    '../../../../etc/passwd',
    '%2e%2e/%2e%2e/x',
    '..%2f..%2fx',
    'd/%252e%252e/x',
    'd//bytes.bin',
    'd/./bytes.bin',
    '%2fetc/passwd',
    'a%5cb',
    'a%00b',
    'd/%ff',
  ])('refuses the path %s for reading, writing and deleting', async (path) => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const { status, text } = await face.send({ method, path: `${root}/${path}` });
      expect([method, status]).toEqual([method, 400]);
      expect(JSON.parse(text)).toMatchObject({ error_code: 'INVALID_PARAMETER_VALUE' });
    }
  });

  it('answers for what is no file, not there, or of no run', async () => {
    const statusOf = async (method: string, path: string): Promise<number> =>
      (await face.send({ method, path })).status;
    expect(await statusOf('GET', `${root}/d`)).toBe(400);
    expect(await statusOf('GET', root)).toBe(400);
    expect(await statusOf('PUT', root)).toBe(400);
    expect(await statusOf('PUT', `${root}/d`)).toBe(400);
    expect(await statusOf('PUT', `${root}/d/empty/below`)).toBe(400);
    expect(await statusOf('GET', `${root}/none`)).toBe(404);
    const unknown = root.replace(runId, '0'.repeat(32));
    for (const method of ['GET', 'PUT', 'DELETE']) expect(await statusOf(method, `${unknown}/a`)).toBe(404);
    expect(await statusOf('GET', '/api/2.0/mlflow-artifacts/artifacts?path=0')).toBe(400);
  });

  it('sends nothing that a link would lead to outside', async () => {
    const secret = join(face.folder, 'secret');
    await writeFile(secret, 'secret');
    const artifacts = fileURLToPath((await face.store.getRun(runId)).artifactUri);
    await symlink(secret, join(artifacts, 'link'));
    await symlink(face.folder, join(artifacts, 'folder-link'));
    for (const path of ['link', 'folder-link/secret']) {
      const { status, text } = await get(path);
      expect([status, text.includes('secret"')]).toEqual([400, false]);
    }
  });

  it('lists, writes and deletes nothing where a link leads outside', async () => {
    const outside = join(face.folder, 'outside');
    await mkdir(outside);
    await writeFile(join(outside, 'secret'), 'secret');
    const artifacts = fileURLToPath((await face.store.getRun(runId)).artifactUri);
    await symlink(outside, join(artifacts, 'out'));
    const statuses = [
      await face.send({ path: `/api/2.0/mlflow/artifacts/list?run_id=${runId}&path=out` }),
      await face.send({ path: `${root.replace('/artifacts/', '/artifacts?path=')}/out` }),
      await face.send({ method: 'PUT', path: `${root}/out/planted`, body: 'x' }),
      await face.send({ method: 'PUT', path: `${root}/out/deep/planted`, body: 'x' }),
      await face.send({ method: 'DELETE', path: `${root}/out/secret` }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([400, 400, 400, 400, 400]);
    expect(await readdir(outside)).toEqual(['secret']);
    expect((await face.send({ method: 'DELETE', path: `${root}/out` })).status).toBe(200); // the link itself
    expect(await readdir(outside)).toEqual(['secret']);
  });

  it('finds the files of a run again after its experiment was deleted and restored', async () => {
    const experimentId = await face.store.ensureExperiment('moving');
    const moving = await face.store.createRun({ experimentId });
    await face.store.uploadArtifact(moving.runId, 'a', 'x');
    const path = `/get-artifact?run_id=${moving.runId}&path=a`;
    expect((await face.send({ path })).text).toBe('x');
    await face.store.deleteExperiment(experimentId);
    expect((await face.send({ path })).text).toBe('x');
    await face.store.restoreExperiment(experimentId);
    expect((await face.send({ path })).text).toBe('x');
  });

  it('sends files of versions and logged models by the paths of the web pages', async () => {
    const { experimentId } = await face.store.getRun(runId);
    const { modelId } = await face.store.createLoggedModel({ experimentId, name: 'lm' });
    await face.store.artifacts({ modelId }).upload('MLmodel', 'of the model');
    await face.store.createRegisteredModel({ name: 'm' });
    await face.store.createModelVersion({ name: 'm', source: `runs:/${runId}/d`, runId });
    const byVersion = await face.send({ path: '/model-versions/get-artifact?name=m&version=1&path=bytes.bin' });
    expect(byVersion.bytes.equals(content)).toBe(true);
    const files = `/ajax-api/2.0/mlflow/logged-models/${modelId}/artifacts/files?artifact_file_path=MLmodel`;
    expect((await face.send({ path: files })).text).toBe('of the model');
  });

  it('keeps nothing of an upload that breaks off', async () => {
    const { hostname, port } = new URL(face.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(`PUT ${root}/broken HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: 1000000\r\n\r\n`);
    socket.write('x'.repeat(1000));
    socket.destroy();
    await once(socket, 'close');
    // The next upload is answered when the broken one has been noticed: both go through the same server.
    expect((await face.send({ method: 'PUT', path: `${root}/whole`, body: 'x' })).status).toBe(200);
    expect((await get('broken')).status).toBe(404);
  });

  it('does not offer uploads in parts', async () => {
    const path = root.replace('/artifacts/', '/mpu/create/');
    const { status, text } = await face.send({ method: 'POST', path: `${path}/big` });
    expect([status, JSON.parse(text)]).toMatchObject([501, { error_code: 'NOT_IMPLEMENTED' }]);
  });
});
