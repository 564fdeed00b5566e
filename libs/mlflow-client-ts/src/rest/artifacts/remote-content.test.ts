import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DownloadedFile } from '../../api/artifacts.js';
import { startLocalServer, type LocalServer } from '../../../testing/local-server.js';
import { testSettings } from '../../../testing/rest-settings.js';
import { createRestClient } from '../rest-client.js';

/** How the server of a test behaves. */
interface Behaviour {
  content: Buffer;
  headers: Record<string, string>;
  honoursRange: boolean;
  ignoresIfRange?: boolean;
  /** The connection breaks after so many bytes, in the next answers. */
  breaks: number[];
}

let server: LocalServer;
let folder: string;
let target: string;
let behaviour: Behaviour;
const ranges: (string | undefined)[] = [];
const first = Buffer.from(Array.from({ length: 100_000 }, (_, i) => i % 251));
const partSize = (): number => statSync(`${target}.part`, { throwIfNoEntry: false })?.size ?? 0;
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => {
  server = await startLocalServer(async (request, response) => {
    if (request.url?.includes('runs/get') === true) {
      response.end(JSON.stringify({ run: { info: { artifact_uri: `${server.url}/files` } } }));
      return;
    }
    const { content, headers } = behaviour;
    ranges.push(request.headers.range);
    const start = wantedStart(request);
    if (start !== undefined && start >= content.length) {
      response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
      return;
    }
    const body = content.subarray(start ?? 0);
    const range = start !== undefined && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` };
    response.writeHead(range === false ? 200 : 206, { ...headers, ...range, 'content-length': body.length });
    await sendOrBreak(response, body, start ?? 0);
  });
});

/** Where the answer begins; `undefined` when the whole content is given. */
function wantedStart(request: IncomingMessage): number | undefined {
  const { headers, honoursRange, ignoresIfRange = false } = behaviour;
  const wanted = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  const ifRange = request.headers['if-range'];
  const isSame = ifRange === undefined || ignoresIfRange || ifRange === headers['etag'];
  return wanted !== undefined && honoursRange && isSame ? Number(wanted) : undefined;
}

async function sendOrBreak(response: ServerResponse, body: Buffer, start: number): Promise<void> {
  const end = behaviour.breaks.shift();
  if (end === undefined) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, end));
  while (partSize() !== start + end) await new Promise(setImmediate);
  response.destroy();
}

afterAll(async () => {
  await server.stop();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mlflow-download-'));
  target = join(folder, 'a.bin');
  behaviour = { content: first, headers: { etag: '"v1"' }, honoursRange: true, breaks: [] };
  ranges.length = 0;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function fetchFile(digest?: string, maxAttempts = 1): Promise<DownloadedFile> {
  const { settings } = testSettings(server.url, { maxAttempts });
  const repository = createRestClient(settings).artifacts({ runId: 'a1' });
  return repository.downloadFile('a.bin', target, digest === undefined ? {} : { sha256: digest });
}

async function interrupted(afterBytes: number): Promise<void> {
  behaviour.breaks = [afterBytes];
  await expect(fetchFile()).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
  expect(existsSync(target)).toBe(false);
  ranges.length = 0;
}

describe('a place where no file can be', () => {
  it('is MLFLOW_FILE_SYSTEM, after one try', async () => {
    writeFileSync(join(folder, 'file'), '');
    target = join(folder, 'file/a.bin');
    await expect(fetchFile(undefined, 3)).rejects.toMatchObject({ code: 'MLFLOW_FILE_SYSTEM' });
    target = folder;
    await expect(fetchFile(undefined, 3)).rejects.toMatchObject({ code: 'MLFLOW_FILE_SYSTEM' });
    expect(ranges.length).toBeLessThanOrEqual(1);
    rmSync(`${folder}.part`, { force: true });
    rmSync(`${folder}.part.json`, { force: true });
  });
});

describe('a download that was interrupted', () => {
  it('leaves its part, and is continued from there', async () => {
    await interrupted(60_000);
    expect(readFileSync(`${target}.part`).length).toBe(60_000);
    expect(await fetchFile()).toEqual({ sizeBytes: 100_000, sha256: sha256(first), resumedBytes: 60_000 });
    expect(ranges).toEqual(['bytes=60000-']);
    expect(readFileSync(target).equals(first)).toBe(true);
    expect(readdirSync(folder)).toEqual(['a.bin']);
  });

  it('is begun anew when the file has changed', async () => {
    await interrupted(60_000);
    const second = Buffer.from(first.map((byte) => byte ^ 1));
    behaviour = { ...behaviour, content: second, headers: { etag: '"v2"' } };
    expect(await fetchFile()).toEqual({ sizeBytes: 100_000, sha256: sha256(second), resumedBytes: 0 });
    expect(readFileSync(target).equals(second)).toBe(true);
  });

  it('is begun anew when a server ignores If-Range, and another version comes', async () => {
    behaviour.headers = { 'last-modified': 'Mon, 01 Jan 2024 00:00:00 GMT' };
    await interrupted(60_000);
    const second = Buffer.from(first.map((byte) => byte ^ 1));
    behaviour = { ...behaviour, content: second, headers: { 'last-modified': 'Tue, 02 Jan 2024 00:00:00 GMT' } };
    behaviour.ignoresIfRange = true;
    expect(await fetchFile()).toMatchObject({ sha256: sha256(second), resumedBytes: 0 });
  });

  it('is begun anew when the server does not honour Range', async () => {
    await interrupted(60_000);
    behaviour.honoursRange = false;
    expect(await fetchFile()).toEqual({ sizeBytes: 100_000, sha256: sha256(first), resumedBytes: 0 });
  });

  it('is begun anew when nothing tells versions apart, unless the digest will', async () => {
    behaviour.headers = {};
    await interrupted(60_000);
    expect(await fetchFile(sha256(first))).toMatchObject({ resumedBytes: 60_000 });
    rmSync(target);
    await interrupted(60_000);
    expect(await fetchFile()).toMatchObject({ resumedBytes: 0 });
    expect(ranges).toEqual([undefined]);
  });

  it('is begun anew when the file has become shorter than its part', async () => {
    await interrupted(60_000);
    behaviour = { ...behaviour, content: first.subarray(0, 10_000), headers: { etag: '"v2"' } };
    expect(await fetchFile(sha256(first.subarray(0, 10_000)))).toMatchObject({ sizeBytes: 10_000, resumedBytes: 0 });
  });

  it('ignores the part of another artifact', async () => {
    writeFileSync(`${target}.part`, 'something else');
    writeFileSync(`${target}.part.json`, JSON.stringify({ address: 'http://elsewhere/a.bin', validator: '"v1"' }));
    expect(await fetchFile()).toMatchObject({ sha256: sha256(first), resumedBytes: 0 });
  });

  it('goes on by itself, as long as it gets further', async () => {
    behaviour.breaks = [10_000, 10_000, 10_000, 10_000, 10_000];
    expect(await fetchFile(undefined, 2)).toEqual({ sizeBytes: 100_000, sha256: sha256(first), resumedBytes: 0 });
    expect(ranges).toEqual([undefined, ...[1, 2, 3, 4, 5].map((i) => `bytes=${i}0000-`)]);
  });

  it('gives up when it gets no further', async () => {
    behaviour = { ...behaviour, honoursRange: false, breaks: [10_000, 10_000, 10_000, 10_000] };
    await expect(fetchFile(undefined, 2)).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
    expect(ranges).toHaveLength(3); // the first got further than nothing, two did not get further than it
  });
});

describe('the digest', () => {
  it('that differs leaves nothing, not even a part', async () => {
    await expect(fetchFile('0'.repeat(64))).rejects.toMatchObject({
      code: 'MLFLOW_DIGEST_MISMATCH',
      details: { expected: '0'.repeat(64), found: sha256(first) },
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('may be written in capitals', async () => {
    expect(await fetchFile(sha256(first).toUpperCase())).toMatchObject({ sizeBytes: 100_000 });
  });

  it('that differs because of an old part has the whole fetched again', async () => {
    behaviour.headers = {};
    await interrupted(60_000);
    const second = Buffer.from(first.map((byte) => byte ^ 1));
    behaviour.content = second;
    expect(await fetchFile(sha256(second))).toEqual({ sizeBytes: 100_000, sha256: sha256(second), resumedBytes: 0 });
    expect(ranges).toEqual(['bytes=60000-', undefined]);
  });
});

describe('a download', () => {
  it('of an empty file makes an empty file, and folders on the way', async () => {
    behaviour.content = Buffer.alloc(0);
    target = join(folder, 'deep/er/a.bin');
    expect(await fetchFile()).toMatchObject({ sizeBytes: 0, resumedBytes: 0 });
    expect(readFileSync(target)).toHaveLength(0);
  });

  it('replaces what was there', async () => {
    writeFileSync(target, 'old');
    await fetchFile();
    expect(readFileSync(target).equals(first)).toBe(true);
  });
});
