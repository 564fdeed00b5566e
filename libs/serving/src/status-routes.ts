import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Registry } from 'prom-client';
import type { ServerIdentity } from './prediction-recorder.js';
import type { ServedModel } from './served-model.js';

/** What the status routes tell. */
export interface StatusOptions {
  readonly model: ServedModel;
  readonly identity: ServerIdentity;
  /** Of the model server itself, for `GET /version`. */
  readonly serverVersion: string;
  readonly registry: Registry;
  /** Not ready to take traffic: about to stop. */
  isDraining(): boolean;
}

/** Adds `GET /ping`, `/health`, `/version`, `/metrics` and `/v1/model`. */
export function addStatusRoutes(app: FastifyInstance, options: StatusOptions): void {
  const { model, identity, registry } = options;
  const health = (_: unknown, reply: FastifyReply): unknown =>
    options.isDraining() ? reply.code(503).send({ status: 'draining' }) : { status: 'ok' };
  app.get('/ping', health);
  app.get('/health', health);
  app.get('/version', (_, reply) => reply.type('text/plain').send(options.serverVersion));
  app.get('/metrics', async (_, reply) => reply.type(registry.contentType).send(await registry.metrics()));
  app.get('/v1/model', () => ({ ...identity, signature: model.signature, preprocessing: model.preprocessing }));
}
