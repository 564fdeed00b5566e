import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Dispatcher } from 'undici';
import type { ArmOutcome } from './arm-statistics.js';
import { endToEndHeaders } from './forward-headers.js';
import type { LiveArm } from './traffic-table.js';

/** A caller's request, read completely: it can be sent twice. */
export interface BufferedRequest {
  readonly method: Dispatcher.HttpMethod;
  readonly path: string;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer | null;
  readonly requestId: string;
}

/**
 * What became of one try at one arm. `unreachable`, `timeout` and `not-sent` left the caller's response untouched;
 * `not-sent` is a request that cannot be passed on at all (`OPTIONS *`): no arm ever saw it.
 */
export interface Attempt {
  readonly outcome: ArmOutcome | 'not-sent';
  readonly cause?: unknown;
}

/** Limits of one try. */
export interface AttemptOptions {
  /** Longest wait for the first byte, and between two. */
  readonly timeoutMs: number;
}

/** Sends a request to an arm and hands its answer to the caller, who learns from the headers which arm it was. */
export async function attempt(
  live: LiveArm,
  request: BufferedRequest,
  response: ServerResponse,
  { timeoutMs }: AttemptOptions,
): Promise<Attempt> {
  const caller = watchCaller(response);
  try {
    const { method, path, body } = request;
    const answer = await live.pool.request({
      ...{ method, path, body, headersTimeout: timeoutMs, bodyTimeout: timeoutMs, signal: caller.signal },
      headers: { ...request.headers, 'x-request-id': request.requestId, 'x-i-drill-arm': live.arm.role },
    });
    return await relay(answer, live, request, response);
  } catch (cause) {
    return { outcome: caller.signal.aborted ? 'cancelled' : unansweredOutcome(cause), cause };
  } finally {
    caller.release();
  }
}

/** Aborts when the caller's connection closes before it got its answer. */
function watchCaller(response: ServerResponse): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const onClose = (): void => {
    if (!response.writableFinished) controller.abort();
  };
  response.once('close', onClose);
  return { signal: controller.signal, release: () => response.off('close', onClose) };
}

function unansweredOutcome(cause: unknown): Attempt['outcome'] {
  const { code } = cause as { code?: unknown };
  if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED') return 'not-sent';
  return code === 'UND_ERR_HEADERS_TIMEOUT' ? 'timeout' : 'unreachable';
}

async function relay(
  answer: Dispatcher.ResponseData,
  { arm }: LiveArm,
  { requestId }: BufferedRequest,
  response: ServerResponse,
): Promise<Attempt> {
  response.writeHead(answer.statusCode, {
    ...endToEndHeaders(answer.headers),
    'x-request-id': requestId,
    'x-i-drill-arm': arm.role,
    'x-i-drill-arm-id': arm.id,
    'x-i-drill-version': arm.version,
    ...(response.shouldKeepAlive ? {} : { connection: 'close' }),
  });
  let brokenBy: unknown;
  answer.body.once('error', (error) => {
    // The caller's leaving breaks the answer as well: what came first is the cause.
    if (!response.closed) brokenBy = error;
  });
  try {
    await pipeline(answer.body, response);
  } catch (cause) {
    return brokenBy === undefined ? { outcome: 'cancelled', cause } : { outcome: 'broken', cause };
  }
  return { outcome: answer.statusCode >= 500 ? 'server-error' : 'answered' };
}

/** Reads a body of at most `limit` bytes; `undefined` where it is longer. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop must not destroy the connection: the caller is still to be told.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
