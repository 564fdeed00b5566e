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
  /** A list is sent as a repeated parameter. */
  readonly query?: Readonly<Record<string, QueryValue | readonly QueryValue[] | undefined>>;
  /** An object is sent as JSON. */
  readonly body?: object | Uint8Array<ArrayBuffer>;
  /** Completes "Cannot …" in errors. */
  readonly action: string;
  /** Whether it may be repeated after a failure of unknown effect. */
  readonly isIdempotent: boolean;
  /**
   * For a create: finds what an earlier try made whose answer was lost, and gives it in the form of the answer. With it a create is repeated
   * after failures of unknown effect, but after a timeout: the server may still be at work on it.
   */
  readonly recover?: () => Promise<Record<string, unknown> | undefined>;
}

type QueryValue = string | number | boolean;

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
    async bytes(call) {
      const answer = await send(settings, call);
      return answer instanceof Uint8Array ? answer : new TextEncoder().encode(JSON.stringify(answer));
    },
    async json(call) {
      const answer = await send(settings, call);
      if (!(answer instanceof Uint8Array)) return answer;
      return readObject({ action: call.action, url: urlOf(settings, call) }, new TextDecoder().decode(answer));
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

async function send(settings: RestSettings, call: HttpCall): Promise<Uint8Array | Record<string, unknown>> {
  for (let attempt = 1; ; attempt++) {
    const result = await tryOnce(settings, call);
    if ('body' in result) return result.body;
    const delayMs = retryDelay(settings, { ...result.failed, attempt });
    if (delayMs !== undefined) await settings.sleep(delayMs);
    const made = isUnknownEffect(result.failed) ? await recovered(call, result.error) : undefined;
    if (made !== undefined) return made;
    if (delayMs === undefined) throw result.error;
  }
}

function isUnknownEffect({ status = 500, neverSent = false }: Omit<FailedAttempt, 'attempt'>): boolean {
  return !neverSent && (status === 408 || status >= 500);
}

async function recovered(call: HttpCall, failure: MlflowError): Promise<Record<string, unknown> | undefined> {
  try {
    return await call.recover?.();
  } catch {
    throw failure; // whether it was done cannot be known now: a repetition could do it twice
  }
}

async function tryOnce(settings: RestSettings, call: HttpCall): Promise<Attempt> {
  const url = urlOf(settings, call);
  const context = { action: call.action, url };
  const isIdempotent = call.isIdempotent || call.recover !== undefined;
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
    for (const each of [value ?? []].flat()) url.searchParams.append(name, String(each));
  }
  return url.href;
}
