import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { MlflowError } from '../errors.js';
import { invalidValue } from '../faults.js';
import type { Handler, Reply } from './call.js';
import type { EndpointName } from './endpoints.js';
import { failureReply } from './failure.js';
import { assertLetIn, type GateSettings } from './gate.js';
import { parseBody, queryMessage } from './message.js';
import { readBody, type BodyLimits } from './read-body.js';
import type { Router } from './router.js';

/** What answers requests. */
export interface Face {
  /** `/mlflow`, or empty. */
  readonly pathPrefix: string;
  readonly gate: GateSettings;
  readonly body: BodyLimits;
  readonly router: Router<EndpointName>;
  readonly handlers: Readonly<Record<EndpointName, Handler>>;
  readonly report: (error: unknown) => void;
}

/** Answers one request. Never rejects. */
export async function answer(face: Face, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = await replyTo(face, request).catch((error: unknown) => failureReply(error, face.report));
  try {
    await send(face, reply, request, response);
  } catch {
    response.destroy(); // the client has gone, the file could not be read on, or the face closes
  }
}

async function replyTo(face: Face, request: IncomingMessage): Promise<Reply> {
  if (face.body.closing.aborted) throw closingDown();
  const { path, query } = splitTarget(request.url ?? '/');
  const routing = face.router(request.method ?? '', segmentsOf(face.pathPrefix, path));
  assertLetIn(face.gate, request, routing.kind === 'found' ? routing.match.name : '');
  if (routing.kind !== 'found') throw unknownEndpoint(request, path, routing.kind === 'unknown' ? [] : routing.allowed);
  return face.handlers[routing.match.name]({
    message: async () => {
      const isQuery = query !== '' && (request.method === 'GET' || request.method === 'HEAD');
      return isQuery ? queryMessage(new URLSearchParams(query)) : parseBody(await readBody(request, face.body));
    },
    path: routing.match.path,
    request,
    closing: face.body.closing,
  });
}

// Not by `URL`, which would resolve ".." before it can be refused.
function splitTarget(target: string): { path: string; query: string } {
  const end = target.indexOf('?');
  return end === -1 ? { path: target, query: '' } : { path: target.slice(0, end), query: target.slice(end + 1) };
}

function segmentsOf(pathPrefix: string, path: string): readonly string[] {
  const isBelow = path.startsWith(`${pathPrefix}/`);
  return isBelow
    ? path
        .slice(pathPrefix.length + 1)
        .split('/')
        .map(decodeSegment)
    : [];
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw invalidValue(`Cannot read the path of the request: ${JSON.stringify(segment)} is not percent-encoded UTF-8`);
  }
}

/** The error for a request that comes, or is still arriving, when the face closes. */
export function closingDown(): MlflowError {
  return new MlflowError('Cannot answer: the server is closing', { code: 'TEMPORARILY_UNAVAILABLE' });
}

function unknownEndpoint({ method = '' }: IncomingMessage, path: string, allowed: readonly string[]): MlflowError {
  const hint = allowed.length === 0 ? 'there is no such endpoint here' : `it is called by ${allowed.join(', ')}`;
  return new MlflowError(`Cannot answer ${method} ${path.slice(0, 200)}: ${hint}`, {
    code: 'ENDPOINT_NOT_FOUND',
    ...(allowed.length > 0 && { httpStatus: 405 }),
  });
}

const mostDrained = 1_048_576;

async function send(face: Face, reply: Reply, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, headers, body } = reply;
  if (response.destroyed) {
    if (typeof body !== 'string') body.destroy();
    return; // the client has gone: nothing would tell when the answer is sent
  }
  response.writeHead(status, {
    ...headers,
    'x-content-type-options': 'nosniff',
    ...(status === 401 && { 'www-authenticate': 'Basic realm="mlflow", Bearer realm="mlflow"' }),
    ...((face.body.closing.aborted || leavesMuchUnread(request)) && { connection: 'close' }),
  });
  if (typeof body === 'string') await end(response, body);
  else await pipeline(body, response, { signal: face.body.closing });
}

function end(response: ServerResponse, body: string): Promise<void> {
  return new Promise((resolve) => {
    response.on('close', resolve);
    response.end(body, resolve);
  });
}

// A short rest is read and thrown away, so that the connection can be used again. To wait for a long one would be to take it.
function leavesMuchUnread({ complete, headers }: IncomingMessage): boolean {
  if (complete) return false;
  const length = headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity;
  return length > mostDrained;
}
