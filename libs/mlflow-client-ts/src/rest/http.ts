import { networkFault } from './network-error.js';
import { malformedResponse, responseError, type CallContext } from './response-error.js';
import { parseServerJson } from './json-text.js';
import { parseRetryAfter, retryDelay, type FailedAttempt } from './retry-delay.js';
import type { RestSettings } from './settings.js';
import type { MlflowError } from '../errors.js';

/** One call of the server. */
export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base address, or a complete address. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** An object is sent as JSON. */
  readonly body?: object | Uint8Array<ArrayBuffer>;
  /** Completes "Cannot …" in errors. */
  readonly action: string;
  /** Whether it may be repeated after a failure of unknown effect. */
  readonly isIdempotent: boolean;
}

/** Sends calls to one server, with waits and repeats. */
export interface Http {
  readonly baseUrl: string;
  json(call: HttpCall): Promise<Record<string, unknown>>;
  bytes(call: HttpCall): Promise<Uint8Array>;
}

type Attempt =
  { readonly body: Uint8Array } | { readonly error: MlflowError; readonly failed: Omit<FailedAttempt, 'attempt'> };

/** Calls of the server that the settings name. */
export function createHttp(settings: RestSettings): Http {
  return {
    baseUrl: settings.baseUrl,
    bytes: (call) => send(settings, call),
    async json(call) {
      const text = new TextDecoder().decode(await send(settings, call));
      return readObject({ action: call.action, url: urlOf(settings, call) }, text);
    },
  };
}

function readObject(call: CallContext, text: string): Record<string, unknown> {
  try {
    const parsed = parseServerJson(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
  } catch {
    // told below, with the text
  }
  throw malformedResponse(call, 'is not a JSON object', text);
}

async function send(settings: RestSettings, call: HttpCall): Promise<Uint8Array> {
  for (let attempt = 1; ; attempt++) {
    const result = await tryOnce(settings, call);
    if ('body' in result) return result.body;
    const delayMs = retryDelay(settings, { ...result.failed, attempt });
    if (delayMs === undefined) throw result.error;
    await settings.sleep(delayMs);
  }
}

async function tryOnce(settings: RestSettings, call: HttpCall): Promise<Attempt> {
  const url = urlOf(settings, call);
  const context = { action: call.action, url };
  const { isIdempotent } = call;
  try {
    const response = await settings.fetch(url, requestOf(settings, call));
    const body = new Uint8Array(await response.arrayBuffer());
    if (response.ok) return { body };
    const contentType = response.headers.get('content-type') ?? '';
    const error = responseError(context, {
      status: response.status,
      contentType,
      body: new TextDecoder().decode(body),
    });
    const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), Date.now());
    return { error, failed: { isIdempotent, status: response.status, retryAfterMs } };
  } catch (cause) {
    const { error, neverSent, wasSlow } = networkFault(context, cause, settings.timeoutMs);
    return { error, failed: { isIdempotent, neverSent, wasSlow } };
  }
}

function requestOf(settings: RestSettings, { method, body }: HttpCall): RequestInit {
  return {
    method,
    ...contentOf(settings, body),
    // A followed redirect turns other methods into GET and loses the body.
    redirect: method === 'GET' ? 'follow' : 'manual',
    signal: AbortSignal.timeout(settings.timeoutMs),
  };
}

function contentOf({ headers }: RestSettings, body: HttpCall['body']): Pick<RequestInit, 'headers' | 'body'> {
  if (body === undefined) return { headers };
  if (body instanceof Uint8Array) return { headers: { ...headers, 'content-type': 'application/octet-stream' }, body };
  return { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function urlOf(settings: RestSettings, call: HttpCall): string {
  const url = new URL(/^https?:/.test(call.path) ? call.path : `${settings.baseUrl}${call.path}`);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url.href;
}
