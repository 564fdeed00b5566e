import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StoreMethods } from '../api/mlflow-client.js';
import { MlflowError } from '../errors.js';
import { invalidValue } from '../faults.js';
import { answer, closingDown, type Face } from './answer.js';
import { artifactRoutes } from './artifact-routes.js';
import type { Handler } from './call.js';
import { endpoints, type EndpointName } from './endpoints.js';
import { experimentRoutes } from './experiment-routes.js';
import type { FaceAuth } from './gate.js';
import { loggedModelRoutes } from './logged-model-routes.js';
import { metricRoutes } from './metric-routes.js';
import { modelVersionRoutes } from './model-version-routes.js';
import { registeredModelRoutes } from './registered-model-routes.js';
import { createRouter } from './router.js';
import { runRoutes } from './run-routes.js';
import { serverRoutes } from './server-routes.js';

/** How a store is served. */
export interface ServeStoreOptions {
  /** The address to listen at; `0.0.0.0` opens the store to the network, which wants `auth`. @default '127.0.0.1' */
  readonly host?: string;
  /** @default 0: any that is free */
  readonly port?: number;
  /** What stands before every path: `/mlflow`. @default '' */
  readonly pathPrefix?: string;
  /** What clients must send: a name and password (MLFLOW_TRACKING_USERNAME, _PASSWORD) or a token (MLFLOW_TRACKING_TOKEN). @default nothing */
  readonly auth?: FaceAuth;
  /** Names by which clients may address this server, besides `localhost`, `host` and IP addresses. @default none */
  readonly allowedHosts?: readonly string[];
  /** Web pages that may change the store, besides those of this machine: `https://tool.example`. @default none */
  readonly allowedOrigins?: readonly string[];
  /** The longest JSON body; artifacts may have any length. @default 64 MiB */
  readonly maxBodyBytes?: number;
  /** Is told of every request that failed by a fault of the store, for a log. @default nothing */
  readonly onError?: (error: unknown) => void;
}

/** A store that is being served. */
export interface StoreFace {
  /** The tracking URI for clients. */
  readonly url: string;
  /** Ends transfers and connections, and waits for writes that have begun. */
  close(): Promise<void>;
}

/**
 * Answers MLflow's own REST API from a store, so that other clients, Python's among them, use it without an MLflow server. Artifacts travel
 * through it as `mlflow-artifacts:`; uploads wait in the temporary folder of this machine (TMPDIR) until they are complete. Clients can name no
 * folder of this machine, neither for artifacts nor as source of a version. There are no webhooks, no uploads in parts, no traces, no user interface.
 *
 * @throws MlflowError MLFLOW_UNREACHABLE when the address cannot be listened at; INVALID_PARAMETER_VALUE
 * @example
 * ```ts
 * import { openMlflow, serveStore } from 'mlflow-client-ts';
 * const face = await serveStore(openMlflow({ trackingUri: 'file:./mlruns' }), { auth: { token: 'secret' } });
 * face.url.startsWith('http://127.0.0.1:'); // => true
 * await face.close();
 * ```
 */
export async function serveStore(store: StoreMethods, options: ServeStoreOptions = {}): Promise<StoreFace> {
  const closing = new AbortController();
  const face = createFace(store, options, closing.signal);
  const running = new Set<Promise<void>>();
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 65_000 }, (request, response) => {
    const task = answer(face, request, response).finally(() => running.delete(task));
    running.add(task);
  });
  server.timeout = 120_000; // of silence
  const host = options.host ?? '127.0.0.1';
  const { port } = await listen(server, host, options.port ?? 0);
  let closed: Promise<void> | undefined;
  return {
    url: `http://${addressOf(host)}:${port}${face.pathPrefix}`,
    close: () => (closed ??= close(server, closing, running)),
  };
}

function createFace(store: StoreMethods, options: ServeStoreOptions, closing: AbortSignal): Face {
  const { host = '127.0.0.1', pathPrefix = '', auth, allowedHosts = [], allowedOrigins = [] } = options;
  assertPrefix(pathPrefix);
  assertAuth(auth);
  return {
    pathPrefix,
    gate: {
      allowedHosts: new Set([host, ...allowedHosts].map((name) => name.toLowerCase())),
      allowedOrigins: new Set(allowedOrigins),
      auth,
    },
    body: { maxBytes: options.maxBodyBytes ?? 64 * 1024 * 1024, maxMs: 60_000, closing },
    router: createRouter(endpoints),
    handlers: handlersOf(store),
    report: options.onError ?? (() => undefined),
  };
}

function handlersOf(store: StoreMethods): Record<EndpointName, Handler> {
  return {
    ...serverRoutes(store),
    ...experimentRoutes(store),
    ...runRoutes(store),
    ...metricRoutes(store),
    ...loggedModelRoutes(store),
    ...registeredModelRoutes(store),
    ...modelVersionRoutes(store),
    ...artifactRoutes(store),
  };
}

function assertPrefix(pathPrefix: string): void {
  if (/^(?:\/[\w.~-]+)*$/.test(pathPrefix)) return;
  throw invalidValue(`Cannot serve the store below "${pathPrefix}": write a prefix like "/mlflow", or none`, {
    pathPrefix,
  });
}

function assertAuth(auth: FaceAuth | undefined): void {
  const secrets = auth === undefined ? ['none'] : 'token' in auth ? [auth.token] : [auth.username, auth.password];
  if (secrets.every((secret) => secret !== '')) return;
  throw invalidValue('Cannot serve the store with an empty name, password or token: give one, or leave "auth" out');
}

async function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    return server.address() as AddressInfo;
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    throw new MlflowError(`Cannot serve the store at ${host}:${port}: ${code}; choose another host or port`, {
      code: 'MLFLOW_UNREACHABLE',
      details: { host, port },
      cause,
    });
  }
}

function addressOf(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

const patienceMs = 2000;

async function close(server: Server, closing: AbortController, running: ReadonlySet<Promise<void>>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  closing.abort(closingDown());
  // A client that does not take its answer must not hold the server up. What is being written to the store is written to its end.
  const impatience = setTimeout(() => {
    server.closeAllConnections();
  }, patienceMs);
  while (running.size > 0) await Promise.all(running);
  clearTimeout(impatience);
  server.closeAllConnections();
  await closed;
}
