import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ArtifactRepository } from '../../api/artifacts.js';
import { startFakeS3, type FakeS3 } from '../../../testing/fake-s3.js';
import { startRecordingServer, type Answer, type RecordingServer } from '../../../testing/recording-server.js';
import { testSettings } from '../../../testing/rest-settings.js';
import { createRestClient } from '../rest-client.js';
import type { RestSettings } from '../settings.js';

let server: RecordingServer;
let s3: FakeS3;
let folder: string;
beforeAll(async () => {
  server = await startRecordingServer();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  s3 = await startFakeS3();
  folder = mkdtempSync(join(tmpdir(), 'mlflow-parts-'));
});
afterEach(async () => {
  await s3.stop();
  rmSync(folder, { recursive: true });
});

const runId = 'a'.repeat(32);
const content = Buffer.from(Array.from({ length: 2500 }, (_, i) => i % 251));
const etag = (start: number, end: number): string =>
  `"${createHash('md5').update(content.subarray(start, end)).digest('hex')}"`;
const run: Answer = { body: { run: { info: { artifact_uri: 'mlflow-artifacts:/1/r/artifacts' } } } };
const info = (multipart?: boolean): Answer => ({ body: { multipart_uploads_enabled: multipart } });
const version: Answer = { body: '3.17.2' };
const offer = (parts = 3): Answer => ({
  body: {
    upload_id: 'up-1',
    credentials: Array.from({ length: parts }, (_, i) => ({
      url: `${s3.url}/bucket/large.bin?partNumber=${i + 1}&signature=s1gnature`,
      part_number: i + 1,
      headers: { 'X-Part': String(i + 1) },
    })),
  },
});

function repository(changes: Partial<RestSettings> = {}): ArtifactRepository {
  const artifacts = { multipartThresholdBytes: 2000, partBytes: 1000 };
  const env = { MLFLOW_TRACKING_TOKEN: 't0ken' };
  return createRestClient(testSettings(server.url, changes, { artifacts, env }).settings).artifacts({ runId });
}

function localFile(bytes: Uint8Array = content): string {
  const file = join(folder, 'local.bin');
  writeFileSync(file, bytes);
  return file;
}

const paths = (): string[] =>
  server.calls.map(({ method, path }) => `${method} ${path.replace('/api/2.0/mlflow-artifacts', '')}`);

describe('an upload in parts', () => {
  it('sends each part to its presigned address, and completes with their ETags', async () => {
    server.answer(run, info(true), version, offer(), { body: {} });
    await repository().uploadFile('model/large ü.bin', localFile());
    expect(paths().slice(3)).toEqual([
      'POST /mpu/create/1/r/artifacts/model',
      'POST /mpu/complete/1/r/artifacts/model',
    ]);
    expect(server.calls[3]?.json).toEqual({ path: 'large ü.bin', num_parts: 3 });
    const url = (part: number): string => `${s3.url}/bucket/large.bin?partNumber=${part}&signature=s1gnature`;
    expect(server.calls[4]?.json).toEqual({
      path: 'large ü.bin',
      upload_id: 'up-1',
      parts: [
        { part_number: 1, etag: etag(0, 1000), url: url(1) },
        { part_number: 2, etag: etag(1000, 2000), url: url(2) },
        { part_number: 3, etag: etag(2000, 2500), url: url(3) },
      ],
    });
    const sent = [1, 2, 3].map((part) => s3.parts.get(`/bucket/large.bin?partNumber=${part}&signature=s1gnature`));
    expect(Buffer.concat(sent.map((part) => part ?? Buffer.alloc(0))).equals(content)).toBe(true);
  });

  it('tells the store nothing but what the presigned address asks for', async () => {
    server.answer(run, info(true), version, offer(), { body: {} });
    await repository().uploadFile('large.bin', localFile());
    for (const { headers } of s3.tries) {
      expect(headers.authorization).toBeUndefined();
      expect(headers['content-type']).toBeUndefined();
      expect(headers['x-part']).toMatch(/^[123]$/);
    }
  });

  it('sends only the part again that failed', async () => {
    server.answer(run, info(true), version, offer(), { body: {} });
    s3.failures = 1;
    await repository().uploadFile('large.bin', localFile());
    expect([s3.tries.length, s3.parts.size]).toEqual([4, 3]);
  });

  it('is called off when a part cannot be sent, and the error shows no presigned address', async () => {
    server.answer(run, info(true), version, offer(), { body: {} });
    s3.failures = Infinity;
    const failed = repository().uploadFile('large.bin', localFile());
    await expect(failed).rejects.toMatchObject({ code: 'MLFLOW_BAD_RESPONSE', httpStatus: 503 });
    await expect(failed).rejects.not.toThrow('s1gnature');
    await expect(failed).rejects.toThrow('upload artifact "large.bin"');
    expect(paths().slice(3)).toEqual(['POST /mpu/create/1/r/artifacts', 'POST /mpu/abort/1/r/artifacts']);
    expect(server.calls[4]?.json).toEqual({ path: 'large.bin', upload_id: 'up-1' });
  });

  it('is called off also when its caller aborts it', async () => {
    const controller = new AbortController();
    server.answer(run, info(true), version, offer(), { body: {} });
    s3.failures = Infinity;
    const sleep = (): Promise<void> => {
      controller.abort('enough');
      return Promise.reject(new Error('The wait was ended'));
    };
    const failed = repository({ signal: controller.signal, sleep }).uploadFile('large.bin', localFile());
    await expect(failed).rejects.toMatchObject({ code: 'MLFLOW_ABORTED' });
    expect(paths().at(-1)).toBe('POST /mpu/abort/1/r/artifacts');
  });

  it.each([501, 404, 405])('falls back to one PUT when the server answers HTTP %i', async (status) => {
    server.answer(run, { status: 404, body: '' }, version, { status, body: '<h1>Not Implemented</h1>' }, { body: {} });
    await repository().uploadFile('large.bin', localFile());
    expect(paths().slice(3)).toEqual(['POST /mpu/create/1/r/artifacts', 'PUT /artifacts/1/r/artifacts/large.bin']);
    expect(server.calls[4]?.headers['content-length']).toBe('2500');
  });

  it('is not tried when the server says that it cannot', async () => {
    server.answer(run, info(false), version, { body: {} });
    await repository().uploadFile('large.bin', localFile());
    expect(paths().slice(3)).toEqual(['PUT /artifacts/1/r/artifacts/large.bin']);
  });

  it('is not tried for a file below the threshold, nor for an empty one', async () => {
    for (const bytes of [content.subarray(0, 1999), Buffer.alloc(0)]) {
      server.answer(run, { body: {} });
      await repository().uploadFile('small.bin', localFile(bytes));
      expect(paths()).toEqual(['GET /api/2.0/mlflow/runs/get', 'PUT /artifacts/1/r/artifacts/small.bin']);
      expect(server.calls[1]?.headers['content-length']).toBe(String(bytes.length));
    }
  });

  it('refuses an offer of another number of parts', async () => {
    server.answer(run, info(true), version, offer(2));
    await expect(repository().uploadFile('large.bin', localFile())).rejects.toThrow('offers 2 instead of 3 parts');
  });

  it.each([
    ['numbers that leave a hole', [1, 2, 2], 'http://host/', 'not numbered from 1 to 3'],
    ['numbers that are none', [1, 2, 'x'], 'http://host/', 'not numbered from 1 to 3'],
    ['an address that is no address', [1, 2, 3], 'file:///etc/', 'without an address over HTTP'],
  ])('refuses an offer with %s', async (_, numbers, url, problem) => {
    const credentials = numbers.map((number) => ({ part_number: number, url: `${url}${number}` }));
    server.answer(run, info(true), version, { body: { upload_id: 'up-1', credentials } });
    await expect(repository().uploadFile('large.bin', localFile())).rejects.toThrow(problem);
    expect(server.calls).toHaveLength(4);
  });
});

describe('an upload of a file', () => {
  it('refuses one that is not there, and a folder', async () => {
    server.answer(run);
    const absent = repository().uploadFile('a', join(folder, 'absent'));
    await expect(absent).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    await expect(repository().uploadFile('a', folder)).rejects.toThrow('it is not a file');
  });
});
