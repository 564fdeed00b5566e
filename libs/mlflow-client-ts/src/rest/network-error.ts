import { MlflowError } from '../errors.js';
import type { CallContext } from './response-error.js';

const neverSentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const connectTimeoutCode = 'UND_ERR_CONNECT_TIMEOUT';

/** A call that got no answer, and what may be done about it. */
export interface NetworkFault {
  readonly error: MlflowError;
  /** The server cannot have acted on it: any call may be repeated. */
  readonly neverSent: boolean;
  /** It already took its full time: repeating would only double the wait. */
  readonly wasSlow: boolean;
}

/** Says why `fetch` failed: no answer in time, or no connection. */
export function networkFault(call: CallContext, cause: unknown, timeoutMs: number): NetworkFault {
  const origin = new URL(call.url).origin;
  if (cause instanceof Error && cause.name === 'TimeoutError') {
    const error = new MlflowError(
      `Cannot ${call.action}: no complete answer from ${origin} within ${timeoutMs / 1000} s; check the server, or raise the timeout`,
      { code: 'MLFLOW_TIMEOUT', details: { url: call.url, timeoutMs }, cause },
    );
    return { error, neverSent: false, wasSlow: true };
  }
  const code = networkCode(cause);
  const error = new MlflowError(
    `Cannot ${call.action}: no connection to ${origin} (${code}); start the server or correct the tracking URI`,
    { code: 'MLFLOW_UNREACHABLE', details: { url: call.url, networkCode: code }, cause },
  );
  return { error, neverSent: neverSentCodes.has(code), wasSlow: code === connectTimeoutCode };
}

function networkCode(cause: unknown): string {
  const inner = cause instanceof Error ? (cause.cause ?? cause) : cause;
  const { code, message } = inner as { code?: unknown; message?: unknown };
  return String(code ?? message ?? inner);
}
