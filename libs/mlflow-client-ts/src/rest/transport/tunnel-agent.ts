import { request } from 'node:http';
import { Agent, type AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect, type ConnectionOptions } from 'node:tls';
import type { Proxy } from './proxy.js';

type Connected = (error: Error | null, stream: Duplex) => void;

const connectLimitMs = 30_000;

/** Connections over TLS through a proxy, which is told by CONNECT where to, and sees nothing else. */
export class TunnelAgent extends Agent {
  readonly #proxy: Proxy;

  constructor(proxy: Proxy, options: AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(options: ConnectionOptions, connected: Connected): undefined {
    const { url, headers } = this.#proxy;
    const host = options.host?.includes(':') === true ? `[${options.host}]` : options.host;
    const path = `${host}:${options.port}`;
    const asked = request(url, { method: 'CONNECT', path, headers: { ...headers, host: path }, agent: false });
    const fail = (error: Error): void => {
      (connected as (error: Error) => void)(error);
    };
    asked.setTimeout(connectLimitMs, () => asked.destroy(proxyError('TIMEOUT')));
    asked.once('error', (cause: NodeJS.ErrnoException) => {
      fail(proxyError(cause.code?.replace(/^PROXY_/, '') ?? cause.message));
    });
    asked.once('connect', ({ statusCode }, socket) => {
      asked.setTimeout(0);
      if (statusCode === 200) {
        connected(null, connect({ ...options, socket }));
        return;
      }
      socket.destroy();
      fail(proxyError(`HTTP_${statusCode}`));
    });
    asked.end();
  }
}

function proxyError(what: string): Error {
  return Object.assign(new Error(`The proxy made no connection (${what})`), { code: `PROXY_${what}` });
}
