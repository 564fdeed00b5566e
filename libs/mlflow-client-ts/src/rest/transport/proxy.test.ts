import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { localServers, unusedAddress } from '../../../testing/local-server.js';
import { failureOf, testSettings } from '../../../testing/rest-settings.js';
import type { HttpCall } from '../http.js';
import { proxiesOf } from './proxy.js';

const vectors = join(import.meta.dirname, '../../../test/vectors/tls');
const read: HttpCall = { method: 'GET', path: '/a?b=1', action: 'read a', isIdempotent: true };
const identity = `Basic ${Buffer.from('ada:p@ss').toString('base64')}`;

const start = localServers();

describe('proxiesOf()', () => {
  const used = (env: Record<string, string>, address: string): string | undefined =>
    proxiesOf(env).proxyFor(new URL(address))?.url;

  it('takes the proxy of the protocol, else the one for all; small letters before capitals', () => {
    const env = { HTTP_PROXY: 'a:1', http_proxy: 'http://b:2', ALL_PROXY: 'http://c:3' };
    expect(used(env, 'http://host')).toBe('http://b:2');
    expect(used(env, 'https://host')).toBe('http://c:3');
    expect(used({}, 'https://host')).toBeUndefined();
    expect(used({ ...env, http_proxy: '' }, 'http://host')).toBe('http://c:3');
  });

  it.each(['http://localhost:5000', 'http://127.0.0.1', 'http://127.9.9.9', 'http://[::1]:5000'])(
    'reaches this machine straight (%s)',
    (address) => {
      expect(used({ ALL_PROXY: 'http://c:3' }, address)).toBeUndefined();
    },
  );

  it.each([
    ['*', 'http://host', true],
    ['host', 'http://host:5000', true],
    ['host', 'http://a.host', true],
    ['.host', 'http://a.host', true],
    ['host', 'http://ahost', false],
    ['a.host', 'http://host', false],
    ['x, HOST:5000 y', 'http://host:5000', true],
    ['host:5000', 'http://host', false],
    ['host:443', 'https://host', true],
    ['', 'http://host', false],
  ])('with NO_PROXY=%j reaches %s straight: %s', (exceptions, address, isStraight) => {
    expect(used({ ALL_PROXY: 'c:3', NO_PROXY: exceptions }, address) === undefined).toBe(isStraight);
  });

  it.each(['socks5://c:1', 'https://c:1', 'http://', ':'])('refuses %j without showing it', (address) => {
    expect(() => proxiesOf({ HTTPS_PROXY: address })).toThrow('Cannot use HTTPS_PROXY: it is not the address');
  });
});

describe('a call through a proxy', () => {
  it('asks it for the complete address, and tells it who asks, but not the server', async () => {
    const seen: unknown[] = [];
    const proxy = await start(({ url, headers }, response) => {
      seen.push([url, headers.host, headers['proxy-authorization'], headers.authorization]);
      response.end('{"from":"proxy"}');
    });
    const env = { http_proxy: proxy.url.replace('//', '//ada:p%40ss@'), MLFLOW_TRACKING_TOKEN: 't0ken' };
    expect(await testSettings('http://mlflow.test', {}, { env }).http.json(read)).toEqual({ from: 'proxy' });
    expect(seen).toEqual([['http://mlflow.test/a?b=1', 'mlflow.test', identity, 'Bearer t0ken']]);
  });

  it('goes through a tunnel over TLS, in which the proxy sees nothing, and which is kept', async () => {
    const server = await start(
      (request, response) => {
        response.end(JSON.stringify({ path: request.url, proxy: request.headers['proxy-authorization'] ?? 'unknown' }));
      },
      { cert: readFileSync(join(vectors, 'server.pem')), key: readFileSync(join(vectors, 'server-key.pem')) },
    );
    const asked: unknown[] = [];
    const proxy = await start(() => undefined);
    proxy.server.on('connect', ({ url, headers }, socket) => {
      asked.push([url, headers['proxy-authorization']]);
      const onward = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      onward.on('close', () => socket.destroy()).on('error', () => undefined);
      socket.on('error', () => onward.destroy());
    });
    const env = {
      https_proxy: proxy.url.replace('//', '//ada:p%40ss@'),
      MLFLOW_TRACKING_SERVER_CERT_PATH: join(vectors, 'authority.pem'),
    };
    const trusted = testSettings('https://mlflow.test', {}, { env }).http;
    await expect(trusted.json(read)).rejects.toThrow('ERR_TLS_CERT_ALTNAME_INVALID'); // it is made for another name
    const { http } = testSettings('https://mlflow.test', {}, { env: { ...env, ...insecure } });
    for (let i = 0; i < 3; i++) expect(await http.json(read)).toEqual({ path: '/a?b=1', proxy: 'unknown' });
    expect(asked).toEqual([
      ['mlflow.test:443', identity],
      ['mlflow.test:443', identity],
    ]);
  });

  const insecure = { MLFLOW_TRACKING_INSECURE_TLS: 'true', MLFLOW_TRACKING_SERVER_CERT_PATH: '' };

  it('is MLFLOW_UNREACHABLE when the proxy refuses or is not there, and shows no password', async () => {
    const refusing = await start(() => undefined);
    refusing.server.on('connect', (_, socket) => socket.end(`HTTP/1.1 407 No\r\nx: ${identity}\r\n\r\n`));
    for (const [address, code] of [
      [refusing.url, 'PROXY_HTTP_407'],
      [await unusedAddress(), 'PROXY_ECONNREFUSED'],
    ] as const) {
      const env = { HTTPS_PROXY: address.replace('//', '//ada:p%40ss@') };
      const { http, sleeps } = testSettings('https://mlflow.test', {}, { env });
      const failure = await failureOf(http.json({ ...read, method: 'POST', isIdempotent: false }));
      expect(failure).toMatchObject({ code: 'MLFLOW_UNREACHABLE', details: { networkCode: code } });
      expect(failure.message).toContain('HTTPS_PROXY');
      expect(inspect(failure, { depth: 9, showHidden: true })).not.toMatch(/p@ss|YWRh/);
      expect(sleeps).toHaveLength(2); // nothing was sent: also a create is repeated
    }
  });
});
