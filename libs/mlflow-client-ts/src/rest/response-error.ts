import { MlflowError } from '../errors.js';
import { parseServerJson } from './json-text.js';
import type { Redact } from './secrets.js';

/** What an error says about the call that failed. */
export interface CallContext {
  /** `get run "a1"`: completes "Cannot …". */
  readonly action: string;
  /** Without what is secret in it. */
  readonly url: string;
  readonly redact: Redact;
}

/** An answer that reports a failure. */
export interface FailedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How much is read of what is only to be shown. */
export const readPageBytes = 1_000_000;

const shownBodyLength = 2000;
const shownMessageLength = 500; // some messages of servers quote the whole value they refuse

/** The error of a failed answer: MLflow's own code when it sent one, else one by HTTP status with the text it sent in `body`. */
export function responseError(call: CallContext, response: FailedResponse): MlflowError {
  const { action, url, redact } = call;
  const { status: httpStatus, headers, body } = response;
  const own = readServerError(body);
  if (own !== undefined) {
    const serverMessage = redact(own.message);
    return new MlflowError(`Cannot ${action}: ${shorten(serverMessage)}`, {
      code: own.code,
      httpStatus,
      serverMessage,
      details: { url },
    });
  }
  return new MlflowError(`Cannot ${action}: ${explain(call, response)}`, {
    code: codeOf(response),
    httpStatus,
    body: redact(body).slice(0, shownBodyLength), // the other way round, half a secret could be left at the end
    details: { url, contentType: redact(headers['content-type'] ?? '') },
  });
}

function readServerError(body: string): { code: string; message: string } | undefined {
  try {
    const parsed = parseServerJson(body) as { error_code?: unknown; message?: unknown } | null;
    if (typeof parsed?.error_code !== 'string') return undefined;
    const { message } = parsed;
    return {
      code: parsed.error_code,
      message: typeof message === 'string' ? message.trim() : 'the server gave no reason',
    };
  } catch {
    return undefined; // HTML or text, of the server or of a proxy before it
  }
}

function shorten(message: string): string {
  return message.length > shownMessageLength ? `${message.slice(0, shownMessageLength)}…` : message;
}

function codeOf(response: FailedResponse): string {
  const { status } = response;
  if (servesNoArtifacts(response)) return 'MLFLOW_UNSUPPORTED_ARTIFACT_STORE';
  if (status === 401) return 'UNAUTHENTICATED';
  if (status === 403) return 'PERMISSION_DENIED';
  if (status === 429) return 'REQUEST_LIMIT_EXCEEDED';
  return 'MLFLOW_BAD_RESPONSE';
}

// It says 503, though it will never do it.
function servesNoArtifacts({ status, body }: FailedResponse): boolean {
  return status === 503 && body.includes('--no-serve-artifacts');
}

function explain({ url, redact }: CallContext, response: FailedResponse): string {
  const origin = new URL(url).origin;
  const { status, headers } = response;
  const { location } = headers;
  if (servesNoArtifacts(response)) return `${origin} hands no artifacts on; start it with --serve-artifacts`;
  if (status >= 300 && status < 400 && location !== undefined) {
    const target = redact(withoutQuery(location));
    return `${origin} sends it on to "${target}" (HTTP ${status}), which is not followed; correct the tracking URI`;
  }
  switch (status) {
    case 401:
      return `${origin} asks who is calling (HTTP 401); set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN`;
    case 403:
      return `${origin} forbids it (HTTP 403); check permissions, and --allowed-hosts of the server`;
    case 404:
      return `${origin} does not know the address (HTTP 404); check that the tracking URI is that of an MLflow server`;
    case 413:
      return `${origin} refuses a body of that size (HTTP 413); raise the limit of the proxy before the server`;
    default:
      return `${origin} answered HTTP ${status} with no MLflow error; see body`;
  }
}

function withoutQuery(address: string): string {
  return address.replace(/\/\/.*@/, '//').replace(/[?#].*$/, '');
}

/** Whether an answer is HTML: nothing of MLflow's API, but of a proxy before it, or of a network that wants a login. */
export function isPage({ headers }: Pick<FailedResponse, 'headers'>): boolean {
  return /^text\/html\b/i.test(headers['content-type'] ?? '');
}

/** The error for a successful answer that does not contain what it should. */
export function malformedResponse(call: Omit<CallContext, 'redact'>, problem: string, body?: string): MlflowError {
  return new MlflowError(
    `Cannot ${call.action}: the answer of ${new URL(call.url).origin} ${problem}; check that the tracking URI is that of an MLflow server`,
    {
      code: 'MLFLOW_BAD_RESPONSE',
      details: { url: call.url },
      ...(body !== undefined && body !== '' && { body: body.slice(0, shownBodyLength) }),
    },
  );
}
