import type { IncomingMessage } from 'node:http';
import { MlflowError } from '../errors.js';
import { invalidValue } from '../faults.js';

/** How a body may be. */
export interface BodyLimits {
  readonly maxBytes: number;
  /** From the first to the last byte. */
  readonly maxMs: number;
  readonly closing: AbortSignal;
}

/** The body of a request that is JSON. */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Uint8Array> {
  assertLength(Number(request.headers['content-length'] ?? 0), limits);
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort(new MlflowError('Cannot read the request: it did not arrive in time', failedWith(408)));
  }, limits.maxMs);
  try {
    const body = await collect(request, limits, AbortSignal.any([late.signal, limits.closing]));
    if (body.length > 0) assertJson(request);
    return body;
  } finally {
    clearTimeout(timer);
  }
}

function collect(request: IncomingMessage, limits: BodyLimits, signal: AbortSignal): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const fail = (error: unknown): void => {
      request.removeAllListeners('data').resume(); // what is still to come is thrown away
      reject(error instanceof Error ? error : new MlflowError('Cannot read the request', failedWith(400)));
    };
    const onAbort = (): void => {
      fail(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    request.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      try {
        assertLength(length, limits);
      } catch (error) {
        fail(error);
      }
    });
    request.on('end', () => {
      signal.removeEventListener('abort', onAbort);
      resolve(Buffer.concat(chunks));
    });
    request.on('error', fail);
    request.on('close', fail); // without an end
  });
}

function assertLength(length: number, { maxBytes }: BodyLimits): void {
  if (length <= maxBytes) return;
  const message = `Cannot read the request: its body is longer than ${maxBytes} bytes; send less at once`;
  throw new MlflowError(message, failedWith(413));
}

function failedWith(httpStatus: number): { code: string; httpStatus: number } {
  return { code: 'INVALID_PARAMETER_VALUE', httpStatus };
}

// A web page of another origin can send anything else without asking first.
function assertJson({ headers }: IncomingMessage): void {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  const encoding = headers['content-encoding'] ?? 'identity';
  if (type.trim().toLowerCase() === 'application/json' && encoding === 'identity') return;
  throw invalidValue(
    `Cannot read the request: its body is ${JSON.stringify(type)} (${encoding}); send application/json, not compressed`,
  );
}
