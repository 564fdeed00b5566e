import { setTimeout as sleep } from 'node:timers/promises';
import { MlflowError } from '../errors.js';

const lookMs = 500;
const answerMs = 10_000; // slow servers take seconds

/** When a step that takes long counts as one that failed. */
interface StepWatch {
  /** Whether somebody has waited too long for it. */
  readonly isAwaited: () => boolean;
  /** How long the step may take until the store is asked, in ms. */
  readonly longMs: () => number;
  /** Whether the store answers to a small question. */
  readonly answers: (withinMs: number) => Promise<boolean>;
  /** Aborted when the work is stopped. */
  readonly signal: AbortSignal;
}

/**
 * A step towards the store, which is broken off when somebody waits for it and the store does not answer a small question either: then it hangs,
 * instead of being busy with a large file.
 *
 * @throws MlflowError MLFLOW_TIMEOUT
 */
export async function stepInTime<T>(step: (signal: AbortSignal) => Promise<T>, watch: StepWatch): Promise<T> {
  const ended = new AbortController();
  const given = new AbortController();
  const stop = (): void => {
    given.abort(watch.signal.reason);
  };
  watch.signal.addEventListener('abort', stop);
  const watching = giveUpOnSilence(watch, given, ended.signal);
  try {
    return await step(given.signal);
  } catch (error) {
    throw isSilence(given.signal.reason) ? given.signal.reason : error;
  } finally {
    watch.signal.removeEventListener('abort', stop);
    ended.abort();
    await watching;
  }
}

async function giveUpOnSilence(watch: StepWatch, step: AbortController, ended: AbortSignal): Promise<void> {
  let since = performance.now();
  const isEnded = whenAborted(ended);
  const isLong = (): boolean => !ended.aborted && performance.now() - since >= watch.longMs() && watch.isAwaited();
  while (!ended.aborted) {
    await sleep(lookMs, undefined, { signal: ended, ref: false }).catch(() => undefined);
    if (!isLong()) continue;
    const isHeard = await Promise.race([watch.answers(answerMs), isEnded]);
    if (!isHeard) step.abort(silence());
    since = performance.now();
  }
}

function whenAborted(signal: AbortSignal): Promise<true> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve(true);
    });
  });
}

function silence(): MlflowError {
  return new MlflowError('Cannot wait for the store: it does not answer', { code: 'MLFLOW_TIMEOUT' });
}

function isSilence(reason: unknown): reason is MlflowError {
  return reason instanceof MlflowError && reason.code === 'MLFLOW_TIMEOUT';
}
