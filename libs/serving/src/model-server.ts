import type { Clock, Logger } from '@i-drill/core';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { addInvocationsRoute } from './invocations-route.js';
import { closeServer } from './close-server.js';
import { listenError } from './listen.js';
import type { PredictionLog } from './prediction-log.js';
import type { ServerIdentity } from './prediction-recorder.js';
import { requestIdOf } from './request-headers.js';
import type { ServedModel } from './served-model.js';
import { ServerMetrics } from './server-metrics.js';
import { servingVersion } from './serving-version.js';
import { addStatusRoutes } from './status-routes.js';

/** What one request and one shutdown may cost. */
export interface ServerLimits {
  /** A longer body is answered 413. @default 16 MiB */
  readonly bodyBytes?: number;
  /** Windows per request. @default 4096 */
  readonly windows?: number;
  /** Longest wait for requests in flight when the server closes, ms. @default 10 000 */
  readonly drainMs?: number;
}

/** What a model server needs. */
export interface ModelServerOptions {
  readonly model: ServedModel;
  readonly identity: ServerIdentity;
  readonly predictionLog?: PredictionLog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits?: ServerLimits;
}

/** An HTTP server of one model version. */
export interface ModelServer {
  /** Port 0 = any free one. */
  listen(port: number, host: string): Promise<string>;
  /** `/health` says 503 from now on; scoring goes on. */
  drain(): void;
  /** Drains, ends requests in flight and stops. Model and prediction log stay open: they are the caller's. */
  close(): Promise<void>;
}

const defaultLimits = { bodyBytes: 16 * 2 ** 20, windows: 4096, drainMs: 10_000 };

/**
 * Makes a server that speaks the protocol of MLflow's scoring server for a tensor signature. Where it departs: a failing
 * model answers 500 (MLflow: 400), so that a router can tell a bad model from a bad request; answers never hold a bare NaN
 * nor a stack trace.
 */
export function createModelServer(options: ModelServerOptions): ModelServer {
  const limits = { ...defaultLimits, ...options.limits };
  const { model, identity, logger, clock, predictionLog } = options;
  const metrics = new ServerMetrics(identity, predictionLog);
  const app = createApp(limits.bodyBytes, logger);
  let draining = false;

  nameEveryAnswer(app, identity);
  const windowShape = { length: model.preprocessing.windowLength, features: model.preprocessing.features.length };
  const route = { model, identity, windowShape, maxWindows: limits.windows, metrics, predictionLog, clock, logger };
  addInvocationsRoute(app, route);
  const { registry } = metrics;
  addStatusRoutes(app, { model, identity, serverVersion: servingVersion(), registry, isDraining: () => draining });

  const drain = (): void => {
    draining = true;
  };
  const close = (): Promise<void> => {
    drain();
    return closeServer(app.server, limits.drainMs, (whenClosed) => {
      app.close(whenClosed);
    });
  };
  return { listen: (port, host) => listenOn(app, port, host), drain, close };
}

function createApp(bodyLimit: number, logger: Logger): FastifyInstance {
  const app = fastify({
    bodyLimit,
    genReqId: (request) => requestIdOf(request.headers),
    // Requests that arrive on an open connection while the server closes are still answered.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const statusCode = error.statusCode ?? 500;
    if (statusCode >= 500) logger.error('A request failed', { requestId: request.id, cause: error.message });
    return reply.code(statusCode).send({
      error_code: statusCode < 500 ? 'BAD_REQUEST' : 'INTERNAL_ERROR',
      message: statusCode < 500 ? error.message : 'the server failed',
    });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ error_code: 'ENDPOINT_NOT_FOUND', message: `there is no ${request.method} at this path` }),
  );
  return app;
}

function nameEveryAnswer(app: FastifyInstance, { model, version, arm }: ServerIdentity): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers({
      'x-request-id': request.id,
      // A header holds ASCII only.
      'x-i-drill-model': encodeURIComponent(model),
      'x-i-drill-version': version,
      'x-i-drill-arm': arm,
    });
    done();
  });
}

async function listenOn(app: FastifyInstance, port: number, host: string): Promise<string> {
  try {
    return await app.listen({ port, host });
  } catch (cause) {
    throw listenError(cause, { host, port });
  }
}
