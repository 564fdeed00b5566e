import fastify, { type FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { ServingError } from './errors.js';
import { listenError } from './listen.js';
import { parseArms } from './router-arm.js';
import type { Router } from './router.js';

const host = '127.0.0.1';

/** The admin API of a router, before and after it listens. */
export interface RouterAdmin {
  listen(port: number): Promise<string>;
  close(): Promise<void>;
}

/** The part of a router its admin API speaks to. */
export type AdministeredRouter = Pick<Router, 'state' | 'replaceArms' | 'resetStats'>;

/**
 * `GET /state`, `PUT /arms` with `{ arms }`, `POST /stats/reset`, `GET /health` and `GET /metrics`, on 127.0.0.1 only. A web
 * page cannot reach it by DNS rebinding: the `Host` must be the loopback address.
 */
export function createRouterAdmin(router: AdministeredRouter, registry: Registry): RouterAdmin {
  const app = fastify({ forceCloseConnections: true });
  refuseForeignHosts(app);
  app.get('/health', () => ({ status: 'ok' }));
  app.get('/state', () => router.state());
  app.get('/metrics', async (_, reply) => reply.type(registry.contentType).send(await registry.metrics()));
  app.post('/stats/reset', () => {
    router.resetStats();
    return router.state();
  });
  app.put<{ Body: { arms?: unknown } | null }>('/arms', (request) => {
    router.replaceArms(parseArms(request.body?.arms));
    return router.state();
  });
  answerErrors(app);
  return { listen: (port) => listenOn(app, port), close: () => app.close() };
}

function refuseForeignHosts(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    if ([host, 'localhost'].includes(request.hostname)) done();
    else void reply.code(403).send({ error_code: 'PERMISSION_DENIED', message: `the Host must be ${host}` });
  });
}

function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: Error & { statusCode?: number }, _, reply) => {
    const statusCode = error instanceof ServingError ? 400 : (error.statusCode ?? 500);
    return reply.code(statusCode).send({
      error_code: error instanceof ServingError ? error.code : 'BAD_REQUEST',
      message: statusCode < 500 ? error.message : 'the router failed',
    });
  });
}

async function listenOn(app: FastifyInstance, port: number): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    throw listenError(cause, { host, port });
  }
}
