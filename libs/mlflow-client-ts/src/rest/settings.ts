import { MlflowError } from '../errors.js';
import { authorizationOf, type Environment } from './authorization.js';

/** Everything the REST client needs to reach its server. */
export interface RestSettings {
  /** Without credentials, query and trailing slash. */
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The longest wait for one answer, body included. */
  readonly timeoutMs: number;
  /** Tries of one call, the first included. */
  readonly maxAttempts: number;
  /** Waits before the second and third try are random in [0, this], [0, twice this], … */
  readonly backoffMs: number;
  /** The longest wait a server may ask for by Retry-After; a longer one ends the call. */
  readonly maxRetryAfterMs: number;
  readonly fetch: typeof globalThis.fetch;
  readonly sleep: (ms: number) => Promise<void>;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** What may be chosen about the REST client. */
export interface RestOptions {
  readonly trackingUri: string;
  readonly env: Environment;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly timeoutMs?: number | undefined;
  readonly maxAttempts?: number | undefined;
}

/** Completes the options: address without secrets, headers, waits. */
export function resolveRestSettings(options: RestOptions): RestSettings {
  const url = parseTrackingUrl(options.trackingUri);
  const authorization = authorizationOf(url, options.env);
  const workspace = options.env['MLFLOW_WORKSPACE'];
  return {
    baseUrl: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...(workspace === undefined || workspace === '' ? {} : { 'x-mlflow-workspace': workspace }),
    },
    timeoutMs: options.timeoutMs ?? (positiveNumber(options.env, 'MLFLOW_HTTP_REQUEST_TIMEOUT') ?? 120) * 1000,
    maxAttempts: options.maxAttempts ?? (positiveNumber(options.env, 'MLFLOW_HTTP_REQUEST_MAX_RETRIES') ?? 2) + 1,
    backoffMs: 250,
    maxRetryAfterMs: 10_000,
    fetch: options.fetch ?? globalThis.fetch,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
  };
}

function parseTrackingUrl(trackingUri: string): URL {
  const url = URL.canParse(trackingUri) ? new URL(trackingUri) : undefined;
  if (url?.search !== '' || url.hash !== '') {
    throw new MlflowError(
      `Cannot use "${withoutCredentials(trackingUri)}" as tracking URI: it is not a plain address; write http://host:port`,
      { code: 'MLFLOW_INVALID_URI' },
    );
  }
  return url;
}

/** An address for messages: whatever stands before an `@` in it is left out. */
export function withoutCredentials(uri: string): string {
  return uri.replace(/\/\/[^/]*@/, '//').replace(/[?#].*$/, '');
}

function positiveNumber(env: Environment, name: string): number | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new MlflowError(`Cannot use ${name}="${text}": it is not a number; unset it or give one`, {
    code: 'INVALID_PARAMETER_VALUE',
  });
}
