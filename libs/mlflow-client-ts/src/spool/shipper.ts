import { setTimeout as sleep } from 'node:timers/promises';
import { isUnavailable } from '../error-guards.js';
import { MlflowError } from '../errors.js';
import type { RejectedOperation } from './refusals.js';
import type { Replay } from './replay.js';
import type { OperationResult } from './run-log.js';

/** How long to wait while the store cannot be used. */
export interface BackOff {
  /** Doubled with every failure. */
  readonly firstMs: number;
  readonly longestMs: number;
  /** So many failures in a row until those who wait are told that the store cannot be used; one is enough when it took more than 10 s. */
  readonly tries: number;
  /** Those who wait are told no sooner than this. */
  readonly patienceMs: number;
}

/** What came of waiting for an operation. */
type Outcome =
  | { readonly type: 'shipped'; readonly result: OperationResult }
  | { readonly type: 'rejected'; readonly rejected: RejectedOperation }
  | { readonly type: 'unavailable' };

/** Background work that ships a journal as it grows. */
export interface Shipper {
  /** There is more in the journal. */
  notice(): void;
  /** Tries at once; ends when the store has the operation, has refused it, or could not be used several times. Other failures are thrown. */
  waitFor(seq: number): Promise<Outcome>;
  /** Ends the work; what is under way is left to itself. */
  stop(): Promise<void>;
}

interface Waiter {
  readonly seq: number;
  readonly settle: (outcome: Outcome) => void;
  readonly fail: (error: unknown) => void;
  readonly since: number;
  triesLeft: number;
}

const longWaitMs = 10_000;
const longestPauseMs = 5000; // while somebody waits

/** What the shipper works with. */
export interface ShipperOptions {
  readonly replay: Replay;
  readonly backOff: BackOff;
  /** The journal is put on the disk before anything of it is sent. */
  readonly flush: () => Promise<void>;
  readonly onRejected: (rejected: RejectedOperation) => void;
  /** The store has everything there is. */
  readonly onIdle: () => void;
}

/** Starts to ship. One operation is under way at a time. */
export function startShipper(options: ShipperOptions): Shipper {
  const { replay, backOff, flush } = options;
  let isStopped = false;
  let waiters: Waiter[] = [];
  let rest = new AbortController();
  let hasMore = true;
  let failures = 0;

  const settleShipped = (firstSeq: number, lastSeq: number, outcome: Outcome): void => {
    const ready = waiters.filter(({ seq }) => seq <= lastSeq);
    waiters = waiters.filter(({ seq }) => seq > lastSeq);
    for (const { seq, settle } of ready) settle(seq < firstSeq ? { type: 'shipped', result: {} } : outcome);
  };

  const settleFailed = (error: unknown): void => {
    const passes = isUnavailable(error) && !isStopped;
    for (const waiter of waiters) waiter.triesLeft -= 1;
    const failed = waiters.filter((waiter) => !passes || hasWaitedEnough(waiter, backOff.patienceMs));
    waiters = waiters.filter((waiter) => !failed.includes(waiter));
    for (const waiter of failed) {
      if (isUnavailable(error)) waiter.settle({ type: 'unavailable' });
      else waiter.fail(error);
    }
  };

  const shipNext = async (): Promise<void> => {
    hasMore = false;
    await flush();
    const step = await replay.step();
    failures = 0;
    if (step === undefined) {
      options.onIdle();
      return;
    }
    hasMore = true;
    step.rejected.forEach(options.onRejected);
    const [rejected] = step.rejected;
    const outcome: Outcome =
      rejected === undefined ? { type: 'shipped', result: step.result } : { type: 'rejected', rejected };
    settleShipped(step.firstSeq, step.lastSeq, outcome);
  };

  const restUntilNoticed = (ms: number | undefined): Promise<unknown> => {
    rest = new AbortController();
    const { signal } = rest;
    if (isStopped) return Promise.resolve();
    // Nobody waits: then the pause is no reason for the process to live.
    const ref = waiters.length > 0;
    if (ms !== undefined) return sleep(ms, undefined, { signal, ref }).catch(() => undefined);
    return new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
    });
  };

  const pauseMs = (): number => {
    const longestMs = waiters.length > 0 ? Math.min(longestPauseMs, backOff.longestMs) : backOff.longestMs;
    return Math.min(backOff.firstMs * 2 ** (failures - 1), longestMs);
  };

  const work = async (): Promise<void> => {
    while (!isStopped) {
      try {
        await shipNext();
        if (!hasMore) await restUntilNoticed(undefined);
      } catch (error) {
        settleFailed(error);
        hasMore = true;
        failures += 1;
        await restUntilNoticed(pauseMs());
      }
    }
  };

  const working = work();
  return {
    notice() {
      if (hasMore) return; // it is at work, or waits for the store
      hasMore = true;
      rest.abort();
    },
    waitFor(seq) {
      if (replay.state.done >= seq) return Promise.resolve({ type: 'shipped', result: {} });
      return new Promise((settle, fail) => {
        if (waiters.length === 0) failures = 0; // pauses that have grown while nobody waited are not for who waits now
        waiters.push({ seq, settle, fail, since: performance.now(), triesLeft: backOff.tries });
        hasMore = true;
        rest.abort();
      });
    },
    async stop() {
      isStopped = true;
      rest.abort();
      await working;
      settleFailed(new MlflowError('Cannot wait for the store: the log has been closed', { code: 'MLFLOW_ABORTED' }));
    },
  };
}

function hasWaitedEnough({ since, triesLeft }: Waiter, patienceMs: number): boolean {
  const waitedMs = performance.now() - since;
  return waitedMs >= patienceMs && (triesLeft <= 0 || waitedMs >= longWaitMs);
}
