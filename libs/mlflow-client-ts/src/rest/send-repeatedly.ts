import type { MlflowError } from '../errors.js';
import type { HttpCall } from './http-call.js';
import { abortFault } from './network-error.js';
import { retryDelay } from './retry-delay.js';
import { callContext } from './call-context.js';
import type { RestSettings } from './settings.js';
import { tryCall, type FailedTry, type Reader } from './try-call.js';

/** Tries a call until it succeeds, cannot, or was tried often enough; what `recover` finds in between is the answer. */
export async function sendRepeatedly<T>(
  settings: RestSettings,
  call: HttpCall,
  read: Reader<T>,
  recover?: () => Promise<T | undefined>,
): Promise<T> {
  const isIdempotent = call.isIdempotent || recover !== undefined;
  for (let attempt = 1; ; attempt++) {
    const result = await tryCall(settings, call, read);
    if ('value' in result) return result.value;
    const delayMs = retryDelay(settings, { ...result.failed, isIdempotent, attempt });
    if (delayMs !== undefined) await pause(settings, call, delayMs);
    const made = isUnknownEffect(result) ? await recovered(settings, recover, result.error) : undefined;
    if (made !== undefined) return made;
    if (delayMs === undefined) throw result.error;
  }
}

/** Waits, unless the caller ends the call. */
export async function pause(settings: RestSettings, call: HttpCall, delayMs: number): Promise<void> {
  const { signal } = settings;
  try {
    await settings.sleep(delayMs, signal);
  } catch (error) {
    throw signal?.aborted === true ? abortFault(callContext(settings, call), signal).error : error;
  }
}

function isUnknownEffect({ error, failed: { status = 500, neverSent } }: FailedTry): boolean {
  return neverSent !== true && (status === 408 || status >= 500) && error.code !== 'MLFLOW_ABORTED';
}

async function recovered<T>(
  settings: RestSettings,
  recover: (() => Promise<T | undefined>) | undefined,
  failure: MlflowError,
): Promise<T | undefined> {
  try {
    return await recover?.();
  } catch (error) {
    // Whether it was done cannot be known now: a repetition could do it twice.
    throw settings.signal?.aborted === true ? error : failure;
  }
}
