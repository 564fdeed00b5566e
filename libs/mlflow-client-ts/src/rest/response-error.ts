import { MlflowError } from '../errors.js';
import { parseServerJson } from './json-text.js';

/** What an error says about the call that failed. */
export interface CallContext {
  /** `get run "a1"`: completes "Cannot …". */
  readonly action: string;
  readonly url: string;
}

/** An answer that reports a failure. */
export interface FailedResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const shownBodyLength = 2000;
const shownMessageLength = 500; // some messages of servers quote the whole value they refuse

/** The error of a failed answer: MLflow's own code when it sent one, else one by HTTP status with the text it sent in `details`. */
export function responseError(call: CallContext, response: FailedResponse): MlflowError {
  const own = readServerError(response.body);
  if (own !== undefined) {
    return new MlflowError(`Cannot ${call.action}: ${own.message}`, {
      code: own.code,
      httpStatus: response.status,
      details: { url: call.url },
    });
  }
  return new MlflowError(`Cannot ${call.action}: ${explain(response.status, call.url)}`, {
    code: codeOf(response.status),
    httpStatus: response.status,
    details: { url: call.url, contentType: response.contentType, body: response.body.slice(0, shownBodyLength) },
  });
}

function readServerError(body: string): { code: string; message: string } | undefined {
  try {
    const parsed = parseServerJson(body) as { error_code?: unknown; message?: string } | null;
    if (typeof parsed?.error_code !== 'string') return undefined;
    return { code: parsed.error_code, message: shorten((parsed.message ?? 'the server gave no reason').trim()) };
  } catch {
    return undefined; // HTML or text, of the server or of a proxy before it
  }
}

function shorten(message: string): string {
  return message.length > shownMessageLength ? `${message.slice(0, shownMessageLength)}…` : message;
}

function codeOf(status: number): string {
  if (status === 401) return 'UNAUTHENTICATED';
  if (status === 403) return 'PERMISSION_DENIED';
  if (status === 429) return 'REQUEST_LIMIT_EXCEEDED';
  return 'MLFLOW_BAD_RESPONSE';
}

function explain(status: number, url: string): string {
  const origin = new URL(url).origin;
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
      return `${origin} answered HTTP ${status} with no MLflow error; see details.body`;
  }
}

/** The error for a successful answer that does not contain what it should. */
export function malformedResponse(call: CallContext, problem: string, body?: string): MlflowError {
  return new MlflowError(
    `Cannot ${call.action}: the answer of ${new URL(call.url).origin} ${problem}; check that the tracking URI is that of an MLflow server`,
    { code: 'MLFLOW_BAD_RESPONSE', details: { url: call.url, ...(body && { body: body.slice(0, shownBodyLength) }) } },
  );
}
