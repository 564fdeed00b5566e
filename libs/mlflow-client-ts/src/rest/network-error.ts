import { MlflowError } from '../errors.js';
import { redactCause } from './secrets.js';
import type { CallContext } from './response-error.js';
import type { UnsignedRequest } from './sign.js';

const neverSentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const brokenCode = /^(?:ECONNRESET|EPIPE|INCOMPLETE_ANSWER|UND_ERR_SOCKET|Z_\w+)$/;
const connectionSteps = new Set(['connect', 'getaddrinfo']);
const certificateCode = /CERT|UNABLE_TO_(?:GET|VERIFY)|SELF_SIGNED/;
const protocolCode = /^(?:ERR_SSL_|EPROTO)/;
const noHttpPrefix = 'HPE_';
const proxyPrefix = 'PROXY_';

/** A call that got no answer, and what may be done about it. */
export interface NetworkFault {
  readonly error: MlflowError;
  /** The server cannot have acted on it: any call may be repeated. */
  readonly neverSent: boolean;
  /** Repeating it is of no use. */
  readonly isFinal: boolean;
}

/** The error for a call that took too long. It took its full time already: repeating would only double the wait. */
export function timeoutFault(call: CallContext, timeoutMs: number): NetworkFault {
  const error = new MlflowError(
    `Cannot ${call.action}: no complete answer from ${originOf(call)} within ${timeoutMs / 1000} s; check the server, or raise the timeout`,
    { code: 'MLFLOW_TIMEOUT', details: { url: call.url, timeoutMs } },
  );
  return { error, neverSent: false, isFinal: true };
}

/** The error for a call that its caller has ended. */
export function abortFault(call: CallContext, signal: AbortSignal): NetworkFault {
  const error = new MlflowError(`Cannot ${call.action}: the caller has aborted it`, {
    code: 'MLFLOW_ABORTED',
    details: { url: call.url },
    cause: signal.reason,
  });
  return { error, neverSent: false, isFinal: true };
}

/** The error for a request that its hook could not sign; the hook may be asked again, as whatever it asks may be out of reach. */
export function unsignedFault(call: CallContext, { cause }: UnsignedRequest): NetworkFault {
  const { message } = cause instanceof Error ? cause : { message: String(cause) };
  const error = new MlflowError(
    `Cannot ${call.action}: the hook "sign" failed (${call.redact(message)}); look into its cause`,
    { code: 'MLFLOW_UNREACHABLE', details: { url: call.url }, cause: redactCause(call.redact, cause) },
  );
  return { error, neverSent: true, isFinal: false };
}

/** Says why a transport failed: no connection, or one that broke. */
export function networkFault(call: CallContext, cause: unknown): NetworkFault {
  const { code, step } = describe(cause);
  const error = new MlflowError(
    `Cannot ${call.action}: ${problem(code)} ${originOf(call)} (${call.redact(code)}); ${advice(code)}`,
    {
      code: 'MLFLOW_UNREACHABLE',
      details: { url: call.url, networkCode: call.redact(code) },
      cause: redactCause(call.redact, cause),
    },
  );
  const neverSent = neverSentCodes.has(code) || connectionSteps.has(step) || code.startsWith(proxyPrefix);
  const isFinal = certificateCode.test(code) || protocolCode.test(code);
  return { error, neverSent, isFinal };
}

function originOf(call: CallContext): string {
  return new URL(call.url).origin;
}

function problem(code: string): string {
  if (code.startsWith(noHttpPrefix)) return 'no HTTP from';
  return brokenCode.test(code) ? 'the connection broke to' : 'no connection to';
}

function advice(code: string): string {
  if (certificateCode.test(code)) {
    return 'its certificate is not trusted: name its authority by MLFLOW_TRACKING_SERVER_CERT_PATH, or correct the certificate';
  }
  if (protocolCode.test(code))
    return 'it does not speak TLS as it should; correct http:// or https:// in the tracking URI';
  if (code.startsWith(proxyPrefix)) return 'correct HTTPS_PROXY, or name the server in NO_PROXY';
  if (code.startsWith(noHttpPrefix))
    return 'see whether the tracking URI is that of an MLflow server, and should begin with https://';
  if (brokenCode.test(code)) return 'try again, and look into the log of the server';
  return 'start the server or correct the tracking URI';
}

/** What the network says; injected transports may wrap it as `fetch` does. */
function describe(cause: unknown): { code: string; step: string } {
  const inner = cause instanceof Error && !('code' in cause) ? (cause.cause ?? cause) : cause;
  const { code, message, syscall } = Object(inner) as { code?: unknown; message?: unknown; syscall?: unknown };
  return { code: String(code ?? message ?? inner), step: String(syscall) };
}
