import { Agent as HttpAgent, request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps, type AgentOptions } from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { decompressed } from './decompressed.js';
import type { Proxies, Proxy } from './proxy.js';
import { sendBody } from './send-body.js';
import type { TlsSettings } from './tls.js';
import { TunnelAgent } from './tunnel-agent.js';
import type { Transport, TransportRequest, TransportResponse } from './transport.js';

// Shorter than the keep-alive of common servers (gunicorn 2 s, uvicorn 5 s): a connection must not be used in the moment its server closes it.
const idleLimitMs = 1500;
const connectionsAtOnce = 64; // to one server; further requests wait: a program may have no more than 1024 files open
const keepAlive = { keepAlive: true, timeout: idleLimitMs, maxSockets: connectionsAtOnce };

/** To whom the TLS settings belong, and what lies on the way. */
export interface NodeTransportOptions {
  /** Of the tracking server: other servers see neither its certificates nor that its own are not to be checked. */
  readonly origin: string;
  readonly tls: TlsSettings;
  /** @default none */
  readonly proxies?: Proxies;
}

/** HTTP by Node, over connections that are kept for the next request; idle ones do not keep the process alive. */
export function nodeTransport({ origin, tls, proxies }: NodeTransportOptions): Transport {
  const plain = new HttpAgent(keepAlive);
  const secure = secureAgents(keepAlive);
  const own = secureAgents({ ...keepAlive, ...tls });
  return (request) => {
    const url = new URL(request.url);
    const proxy = proxies?.proxyFor(url);
    if (url.protocol !== 'http:') {
      const agent = (url.origin === origin ? own : secure)(proxy);
      return exchange(requestHttps(url, { ...head(request), agent }), request);
    }
    const outgoing =
      proxy === undefined ? requestHttp(url, { ...head(request), agent: plain }) : throughProxy(request, proxy, plain);
    return exchange(outgoing, request);
  };
}

/** One for the straight way, and one for each proxy. */
function secureAgents(options: AgentOptions): (proxy: Proxy | undefined) => HttpsAgent {
  const straight = new HttpsAgent(options);
  const tunnels = new Map<string, HttpsAgent>();
  return (proxy) => {
    if (proxy === undefined) return straight;
    const tunnel = tunnels.get(proxy.url) ?? new TunnelAgent(proxy, options);
    tunnels.set(proxy.url, tunnel);
    return tunnel;
  };
}

/** A proxy is asked for the complete address; user and password in it are for the server alone. */
function throughProxy(request: TransportRequest, proxy: Proxy, agent: HttpAgent): ClientRequest {
  const path = new URL(request.url);
  const { auth } = urlToHttpOptions(path);
  path.username = '';
  path.password = '';
  const headers = { ...request.headers, ...proxy.headers, host: path.host };
  return requestHttp(proxy.url, { ...head(request), headers, path: path.href, agent, auth });
}

function head({ method, headers, signal }: TransportRequest): Pick<TransportRequest, 'method' | 'headers' | 'signal'> {
  return { method, headers, signal };
}

function exchange(outgoing: ClientRequest, { body, signal }: TransportRequest): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    // Stays for the life of the request: what breaks after the answer has begun is told by its body.
    outgoing.on('error', (error) => {
      reject(signal.aborted ? asError(signal.reason) : error);
    });
    outgoing.once('response', (incoming) => {
      // A server may answer before it has everything, to refuse it: the rest is not sent.
      if (!outgoing.writableEnded) incoming.once('close', () => outgoing.destroy());
      resolve(toResponse(incoming));
    });
    sendBody(outgoing, body).catch((error: unknown) => outgoing.destroy(asError(error)));
  });
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

function toResponse(incoming: IncomingMessage): TransportResponse {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = [value ?? []].flat().join(', ');
  return decompressed({ status: incoming.statusCode ?? 0, headers, body: incoming });
}
