import { MlflowError } from '../errors.js';
import { assertLimits } from '../checks/call-limits.js';
import { authorizationOf } from './authorization.js';
import { resolveArtifactSettings, type ArtifactOptions, type ArtifactSettings } from './artifact-settings.js';
import { readBoolean, readNumber, type Environment } from './environment.js';
import { assertHeaders } from './headers.js';
import { newSharedState, type SharedState } from './shared-state.js';
import { sleep } from './sleep.js';
import type { SignRequest } from './sign.js';
import { nodeTransport } from './transport/node-transport.js';
import { proxiesOf } from './transport/proxy.js';
import { tlsOf } from './transport/tls.js';
import type { Transport } from './transport/transport.js';

/** Everything the REST client needs to reach its server. */
export interface RestSettings {
  /** Without credentials, query and trailing slash. */
  readonly baseUrl: string;
  /** Of every request to the server; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** What must never be shown. */
  readonly secrets: readonly string[];
  readonly sign?: SignRequest | undefined;
  /** Ends calls, and waits between their tries. */
  readonly signal?: AbortSignal | undefined;
  /** The longest wait for one answer, body included; for what is streamed, the longest wait for anything to happen. */
  readonly timeoutMs: number;
  /** Tries of one call, the first included. */
  readonly maxAttempts: number;
  /** Waits before the second and third try are random in [0, this], [0, twice this], … */
  readonly backoffMs: number;
  /** What they may be longer. */
  readonly jitterMs: number;
  /** The longest wait a server may ask for by Retry-After; a longer one ends the call. */
  readonly maxRetryAfterMs: number;
  readonly respectsRetryAfter: boolean;
  /** Of GET; others never are. */
  readonly followsRedirects: boolean;
  readonly transport: Transport;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly artifacts: ArtifactSettings;
  /** Kept by all clients of one server. */
  readonly shared: SharedState;
}

/** What may be chosen about the REST client. */
export interface RestOptions {
  readonly trackingUri: string;
  readonly env: Environment;
  readonly transport?: Transport | undefined;
  readonly sign?: SignRequest | undefined;
  readonly timeoutMs?: number | undefined;
  readonly maxAttempts?: number | undefined;
  readonly artifacts?: ArtifactOptions | undefined;
}

/** Completes the options: address without secrets, headers, waits. */
export function resolveRestSettings(options: RestOptions): RestSettings {
  const { env, sign } = options;
  const url = parseTrackingUrl(options.trackingUri);
  refusePythonPlugins(options);
  assertLimits(options);
  const { headers, secrets } = identityOf(url, env);
  const proxies = proxiesOf(env);
  return {
    baseUrl: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    headers,
    secrets: [...secrets, ...proxies.secrets],
    sign,
    ...waitsOf(options),
    followsRedirects: readBoolean(env, 'MLFLOW_ALLOW_HTTP_REDIRECTS') ?? true,
    transport: options.transport ?? nodeTransport({ origin: url.origin, tls: tlsOf(env), proxies }),
    sleep,
    random: Math.random,
    artifacts: resolveArtifactSettings(options.artifacts),
    shared: newSharedState(),
  };
}

function identityOf(url: URL, env: Environment): Pick<RestSettings, 'headers' | 'secrets'> {
  const authorization = authorizationOf(url, env);
  const workspace = env['MLFLOW_WORKSPACE'] ?? '';
  const headers = {
    ...(authorization !== undefined && { authorization: authorization.header }),
    ...(workspace !== '' && { 'x-mlflow-workspace': workspace }),
  };
  assertHeaders(headers, () => `Cannot use MLFLOW_WORKSPACE=${JSON.stringify(workspace)}: it is a text`);
  return { headers, secrets: authorization?.secrets ?? [] };
}

type Waits = 'timeoutMs' | 'maxAttempts' | 'backoffMs' | 'jitterMs' | 'maxRetryAfterMs' | 'respectsRetryAfter';

function waitsOf({ env, timeoutMs, maxAttempts }: RestOptions): Pick<RestSettings, Waits> {
  const timeoutSeconds = readNumber(env, 'MLFLOW_HTTP_REQUEST_TIMEOUT', { least: 0.001 }) ?? 120;
  const retries = readNumber(env, 'MLFLOW_HTTP_REQUEST_MAX_RETRIES', { least: 0, most: 10 }) ?? 2;
  const backoffSeconds = readNumber(env, 'MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR', { least: 0, most: 120 }) ?? 0.25;
  const jitterSeconds = readNumber(env, 'MLFLOW_HTTP_REQUEST_BACKOFF_JITTER', { least: 0 }) ?? 0;
  return {
    timeoutMs: timeoutMs ?? timeoutSeconds * 1000,
    maxAttempts: maxAttempts ?? retries + 1,
    backoffMs: backoffSeconds * 1000,
    jitterMs: jitterSeconds * 1000,
    maxRetryAfterMs: 10_000,
    respectsRetryAfter: readBoolean(env, 'MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER') ?? true,
  };
}

/** What only a plugin of Python could do must not end in calls without any identity. */
function refusePythonPlugins({ env, sign }: RestOptions): void {
  if (sign !== undefined) return;
  const isSigV4 = readBoolean(env, 'MLFLOW_TRACKING_AWS_SIGV4') ?? false;
  const plugin = env['MLFLOW_TRACKING_AUTH'] ?? '';
  if (!isSigV4 && plugin === '') return;
  const setting = isSigV4 ? 'MLFLOW_TRACKING_AWS_SIGV4=true' : `MLFLOW_TRACKING_AUTH="${plugin}"`;
  throw new MlflowError(
    `Cannot use ${setting}: that is a plugin of Python; sign requests by the option "sign" of openMlflow, or unset it`,
    { code: 'MLFLOW_UNSUPPORTED' },
  );
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
  return uri.replace(/\/\/.*@/, '//').replace(/[?#].*$/, '');
}
