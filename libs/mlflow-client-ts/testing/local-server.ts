import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

/** A server of this process that behaves as its handler does. */
export interface LocalServer {
  readonly url: string;
  readonly server: Server;
  stop(): Promise<void>;
}

/** What such a server does with one request. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export async function startLocalServer(handler: Handler, tls?: ServerOptions): Promise<LocalServer> {
  const listener: RequestListener = (request, response) => {
    void Promise.resolve(handler(request, response)).catch(() => response.destroy());
  };
  const server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const scheme = tls === undefined ? 'http' : 'https';
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The whole body of a request. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** An address at which nothing listens. */
export async function unusedAddress(): Promise<string> {
  const server = await startLocalServer(() => undefined);
  await server.stop();
  return server.url;
}

/** `startLocalServer` for the tests of a file: what it has started ends with each test. */
export function localServers(): typeof startLocalServer {
  const running: LocalServer[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.stop()));
  });
  return async (...given) => {
    const server = await startLocalServer(...given);
    running.push(server);
    return server;
  };
}
