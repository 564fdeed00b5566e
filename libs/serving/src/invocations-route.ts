import type { Logger } from '@i-drill/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contentTypeProblem } from './content-type.js';
import { parseInvocation, type Invocation, type InvocationProblem } from './invocation.js';
import { isComplete, predictionColumns } from './prediction-columns.js';
import { recordRequest, type RecorderOptions, type ServedOutcome } from './prediction-recorder.js';
import { armRoleOf, rigOf } from './request-headers.js';
import type { ServedModel } from './served-model.js';

/** What the scoring route needs. */
export interface InvocationsOptions extends RecorderOptions {
  readonly model: ServedModel;
  readonly maxWindows: number;
  readonly logger: Logger;
}

/** Adds `POST /invocations`. */
export function addInvocationsRoute(app: FastifyInstance, options: InvocationsOptions): void {
  // The content type is checked before the body is read; then every body that is let in is JSON.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => {
    done(null, body);
  });
  // `reply.elapsedTime` stays 0 unless Fastify's own logging is on.
  const arrivals = new WeakMap<FastifyRequest, number>();
  app.post(
    '/invocations',
    {
      onRequest: (request, reply, done) => {
        arrivals.set(request, options.clock.now());
        refuseContentType(request, reply, done);
      },
    },
    (request, reply) => invoke(options, { request, reply, arrivedAt: arrivals.get(request)! }),
  );
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** By the server's clock, ms. */
  readonly arrivedAt: number;
}

function refuseContentType(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const problem = contentTypeProblem(request.headers['content-type']);
  if (problem === undefined) {
    done();
  } else if (problem.statusCode === 415) {
    void reply.code(415).type('text/plain').send(problem.message);
  } else {
    void reply.code(400).send({ error_code: 'INVALID_PARAMETER_VALUE', message: problem.message });
  }
}

async function invoke(options: InvocationsOptions, { request, reply, arrivedAt }: Exchange): Promise<unknown> {
  const parsed = parseBody(options, request.body);
  if ('error_code' in parsed) return reply.code(400).send(parsed);
  const outcome = await predict(options, parsed, request.id);
  recordRequest(
    options,
    {
      requestId: request.id,
      rig: rigOf(request.headers),
      arm: armRoleOf(request.headers) ?? options.identity.arm,
      invocation: parsed,
      latencyMs: options.clock.now() - arrivedAt,
    },
    outcome,
  );
  if (outcome.ok) return { predictions: predictionColumns(outcome.outputs, parsed.count) };
  const message = `the model could not predict (${outcome.error}); the request was well formed`;
  return reply.code(500).send({ error_code: 'INTERNAL_ERROR', message });
}

function parseBody({ windowShape, maxWindows }: InvocationsOptions, body: unknown): Invocation | InvocationProblem {
  let json: unknown;
  try {
    json = JSON.parse(typeof body === 'string' ? body : '');
  } catch {
    return { error_code: 'BAD_REQUEST', message: 'the body is not valid JSON (NaN and Infinity are not JSON numbers)' };
  }
  const result = parseInvocation(json, { ...windowShape, maxWindows });
  return result.ok ? result.invocation : result.problem;
}

async function predict(
  { model, logger }: InvocationsOptions,
  { inputs, count }: Invocation,
  requestId: string,
): Promise<ServedOutcome> {
  try {
    const outputs = await model.predict(Float32Array.from(inputs), count);
    if (isComplete(outputs, count)) return { ok: true, outputs };
    logger.error('The model gave no finite prediction', { requestId, windows: count });
    return { ok: false, error: 'not-finite' };
  } catch (error) {
    logger.error('The model failed', { requestId, windows: count, cause: String(error) });
    return { ok: false, error: 'model-failed' };
  }
}
