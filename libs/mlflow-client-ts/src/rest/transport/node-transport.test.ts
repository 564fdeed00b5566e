import { readFileSync } from 'node:fs';
import { TLSSocket } from 'node:tls';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bodyOf, localServers, type LocalServer } from '../../../testing/local-server.js';
import { testSettings } from '../../../testing/rest-settings.js';
import type { HttpCall } from '../http.js';

const vectors = join(import.meta.dirname, '../../../test/vectors/tls');
const pem = (name: string): string => readFileSync(join(vectors, name), 'utf8');
const read: HttpCall = { method: 'GET', path: '/a', action: 'read a', isIdempotent: true };

const start = localServers();

describe('TLS', () => {
  const startSecure = (): Promise<LocalServer> =>
    start(
      (request, response) => {
        const shown = request.socket instanceof TLSSocket ? request.socket.getPeerX509Certificate() : undefined;
        response.end(JSON.stringify({ client: shown?.subject ?? 'nobody' }));
      },
      {
        cert: pem('server.pem'),
        key: pem('server-key.pem'),
        ca: pem('authority.pem'),
        requestCert: true,
        rejectUnauthorized: false,
      },
    );
  const ask = (url: string, env: Record<string, string>, path = '/a'): Promise<unknown> =>
    testSettings(url, {}, { env }).http.json({ ...read, path });

  it('refuses a certificate that nobody vouches for, after one try, and says what to do', async () => {
    const { url } = await startSecure();
    const { http, sleeps } = testSettings(url);
    await expect(http.json(read)).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
    await expect(http.json(read)).rejects.toThrow('MLFLOW_TRACKING_SERVER_CERT_PATH');
    expect(sleeps).toEqual([]);
  });

  it('trusts the authorities of MLFLOW_TRACKING_SERVER_CERT_PATH, a file or a folder', async () => {
    const { url } = await startSecure();
    for (const path of [join(vectors, 'authority.pem'), vectors]) {
      expect(await ask(url, { MLFLOW_TRACKING_SERVER_CERT_PATH: path })).toEqual({ client: 'nobody' });
    }
  });

  it('trusts everybody with MLFLOW_TRACKING_INSECURE_TLS, but only as the tracking server', async () => {
    const { url } = await startSecure();
    const env = { MLFLOW_TRACKING_INSECURE_TLS: 'true' };
    expect(await ask(url, env)).toEqual({ client: 'nobody' });
    await expect(ask('https://127.0.0.1:1', env, `${url}/a`)).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
  });

  it('shows the certificate of MLFLOW_TRACKING_CLIENT_CERT_PATH', async () => {
    const { url } = await startSecure();
    const env = {
      MLFLOW_TRACKING_SERVER_CERT_PATH: join(vectors, 'authority.pem'),
      MLFLOW_TRACKING_CLIENT_CERT_PATH: join(vectors, 'client.pem'),
    };
    expect(await ask(url, env)).toEqual({ client: 'CN=client of tests' });
  });

  it.each([
    [{ MLFLOW_TRACKING_INSECURE_TLS: '1', MLFLOW_TRACKING_SERVER_CERT_PATH: 'x' }, 'unset one of them'],
    [{ MLFLOW_TRACKING_SERVER_CERT_PATH: '/no/such/file.pem' }, 'cannot be read (ENOENT)'],
    [{ MLFLOW_TRACKING_CLIENT_CERT_PATH: join(vectors, 'server.pem') }, 'lacks the certificate or its private key'],
  ])('refuses %j', (env, message) => {
    const open = (): unknown => testSettings('https://localhost', {}, { env });
    expect(open).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE' }));
    expect(open).toThrow(message);
  });

  it('says when the server does not speak TLS at all', async () => {
    const { url } = await start((_, response) => {
      response.end('{}');
    });
    await expect(testSettings(url.replace('http:', 'https:')).http.json(read)).rejects.toThrow('does not speak TLS');
  });
});

describe('a connection', () => {
  it('is used again for the next request', async () => {
    const ports = new Set<number | undefined>();
    const { url } = await start((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('{}');
    });
    const { http } = testSettings(url);
    for (let i = 0; i < 5; i++) await http.json(read);
    expect(ports.size).toBe(1);
  });

  it('is one of 64 at most, however many calls there are', async () => {
    const waiting: (() => void)[] = [];
    let served = 0;
    const { url, server } = await start((_, response) => {
      served += 1;
      waiting.push(() => response.end('{}'));
      if (waiting.length >= 64 || served > 300 - 64) for (const answer of waiting.splice(0)) answer();
    });
    let open = 0;
    server.on('connection', () => (open += 1));
    const { http } = testSettings(url);
    await Promise.all(Array.from({ length: 300 }, () => http.json(read)));
    expect([served, open]).toEqual([300, 64]);
  });
});

describe('an answer that is compressed though none was asked for', () => {
  const text = JSON.stringify({ value: 'x'.repeat(100_000) });
  const compressions = { gzip: gzipSync, 'x-gzip': gzipSync, deflate: deflateSync, br: brotliCompressSync };
  const startCompressing = (encoding: keyof typeof compressions, most?: number): Promise<LocalServer> =>
    start((_, response) => {
      const body = compressions[encoding](text);
      response.writeHead(200, { 'content-encoding': encoding, 'content-length': body.length });
      response.write(body.subarray(0, most));
      if (most === undefined) response.end();
      else setTimeout(() => response.destroy(), 20);
    });

  it.each(['gzip', 'x-gzip', 'deflate', 'br'] as const)('is read all the same (%s)', async (encoding) => {
    const { url } = await startCompressing(encoding);
    expect(JSON.stringify(await testSettings(url).http.json(read))).toBe(text);
    expect(Buffer.from(await testSettings(url).http.bytes(read)).toString()).toBe(text);
  });

  it('is MLFLOW_UNREACHABLE when it breaks off', async () => {
    const { url } = await startCompressing('gzip', 50);
    await expect(testSettings(url).http.bytes(read)).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
  });

  it('is told when it is no such thing', async () => {
    const { url } = await start((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('{}');
    });
    await expect(testSettings(url).http.json(read)).rejects.toThrow('the connection broke');
  });
});

describe('a streamed body', () => {
  it('arrives whole, with its length, and is read no faster than it is taken', async () => {
    const pieces = 64;
    const pieceBytes = 1_000_000;
    let produced = 0;
    let mostAhead = 0;
    let received = 0;
    const { url } = await start(async (request, response) => {
      for await (const chunk of request) {
        received += (chunk as Buffer).length;
        mostAhead = Math.max(mostAhead, produced - received);
      }
      response.end(JSON.stringify({ length: request.headers['content-length'] }));
    });
    async function* open(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < pieces; i++) {
        produced += pieceBytes;
        yield await Promise.resolve(Buffer.alloc(pieceBytes, i));
      }
    }
    const content = { sizeBytes: pieces * pieceBytes, open };
    const answer = await testSettings(url).http.json({ ...read, method: 'PUT', content });
    expect(answer).toEqual({ length: '64000000' });
    expect(received).toBe(content.sizeBytes);
    expect(mostAhead).toBeLessThan(content.sizeBytes / 2);
  });

  it('is not sent to the end when the server refuses it before', async () => {
    let produced = 0;
    async function* open(): AsyncGenerator<Uint8Array> {
      for (; produced < 1000; produced++) yield await Promise.resolve(Buffer.alloc(1_000_000));
    }
    const { url } = await start((_, response) => {
      response.writeHead(413).end('<h1>Request Entity Too Large</h1>');
    });
    const content = { sizeBytes: 1_000_000_000, open };
    await expect(testSettings(url).http.json({ ...read, method: 'PUT', content })).rejects.toMatchObject({
      httpStatus: 413,
    });
    expect(produced).toBeLessThan(1000);
  });

  it('is sent again from its beginning when the call is repeated', async () => {
    const bodies: string[] = [];
    const { url } = await start(async (request, response) => {
      bodies.push((await bodyOf(request)).toString());
      response.writeHead(bodies.length === 1 ? 503 : 200).end('{}');
    });
    async function* open(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from('abc'));
    }
    await testSettings(url).http.json({ ...read, method: 'PUT', content: { sizeBytes: 3, open } });
    expect(bodies).toEqual(['abc', 'abc']);
  });

  it('whose source fails ends the call with the error of the source', async () => {
    const { url } = await start(async (request, response) => {
      await bodyOf(request);
      response.end('{}');
    });
    async function* open(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from('a'));
      throw new Error('The disk is gone');
    }
    const { http, sleeps } = testSettings(url);
    await expect(http.json({ ...read, method: 'PUT', content: { sizeBytes: 3, open } })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
      message:
        'Cannot read a: what is to be sent cannot be read (The disk is gone); look whether the file is there and may be read',
    });
    expect(sleeps).toEqual([]);
  });

  it('keeps the call alive while it moves, and is MLFLOW_TIMEOUT when it is not taken', async () => {
    const { url } = await start(() => undefined);
    async function* open(): AsyncGenerator<Uint8Array> {
      for (;;) yield await Promise.resolve(Buffer.alloc(1_000_000));
    }
    const { http } = testSettings(url, { timeoutMs: 100 });
    const content = { sizeBytes: 1e12, open };
    await expect(http.json({ ...read, method: 'PUT', content })).rejects.toMatchObject({ code: 'MLFLOW_TIMEOUT' });
  });
});
