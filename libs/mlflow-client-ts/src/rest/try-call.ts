import { MlflowError } from '../errors.js';
import { callContext, type OpenCallContext } from './call-context.js';
import { exchange } from './exchange.js';
import type { HttpCall } from './http-call.js';
import { abortFault, networkFault, timeoutFault, unsignedFault, type NetworkFault } from './network-error.js';
import { readBytes } from './read-body.js';
import { readPageBytes, responseError } from './response-error.js';
import { parseRetryAfter, type FailedAttempt } from './retry-delay.js';
import type { RestSettings } from './settings.js';
import { UnsignedRequest } from './sign.js';
import type { TransportResponse } from './transport/transport.js';
import { watchTry, type Watch } from './watch.js';

/** A try that is under way. */
export interface RunningTry {
  readonly settings: RestSettings;
  readonly context: OpenCallContext;
  readonly watch: Watch;
}

/** Takes what it needs of a successful answer, and ends the watch. */
export type Reader<T> = (response: TransportResponse, running: RunningTry) => Promise<T>;

/** A try that failed. */
export interface FailedTry {
  readonly error: MlflowError;
  readonly failed: Omit<FailedAttempt, 'attempt' | 'isIdempotent'>;
}

/** Sends a call once. What is wrong with the call itself, or with a successful answer, is thrown. */
export async function tryCall<T>(
  settings: RestSettings,
  call: HttpCall,
  read: Reader<T>,
): Promise<{ readonly value: T } | FailedTry> {
  const running = { settings, context: callContext(settings, call), watch: watchTry(settings) };
  try {
    const response = await exchange(running, call);
    const isSuccess = response.status >= 200 && response.status < 300;
    return isSuccess ? { value: await read(response, running) } : await refused(response, running);
  } catch (cause) {
    running.watch.end();
    if (cause instanceof MlflowError) throw cause;
    const { error, ...failed } = faultOf(running, cause);
    return { error, failed };
  }
}

async function refused(response: TransportResponse, { context, watch }: RunningTry): Promise<FailedTry> {
  const { status, headers } = response;
  const body = new TextDecoder().decode(await readBytes(response.body, readPageBytes));
  watch.end();
  const retryAfterMs = parseRetryAfter(headers['retry-after'], Date.now());
  return { error: responseError(context, { status, headers, body }), failed: { status, retryAfterMs } };
}

function faultOf({ settings, context, watch }: RunningTry, cause: unknown): NetworkFault {
  if (watch.hasTimedOut()) return timeoutFault(context, settings.timeoutMs);
  if (settings.signal?.aborted === true) return abortFault(context, settings.signal);
  return cause instanceof UnsignedRequest ? unsignedFault(context, cause) : networkFault(context, cause);
}

/** The answer as it arrives: only waits for the server count, not those for whoever reads. */
export function streamBody(response: TransportResponse, running: RunningTry): TransportResponse {
  running.watch.pause();
  return { status: response.status, headers: response.headers, body: watchedChunks(response, running) };
}

async function* watchedChunks({ body }: TransportResponse, running: RunningTry): AsyncGenerator<Uint8Array> {
  const { watch } = running;
  watch.restart();
  try {
    for await (const chunk of body) {
      watch.pause();
      yield chunk;
      watch.restart();
    }
  } catch (cause) {
    throw cause instanceof MlflowError ? cause : faultOf(running, cause).error;
  } finally {
    watch.end();
  }
}
