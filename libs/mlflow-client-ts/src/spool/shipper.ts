import { setTimeout as sleep } from 'node:timers/promises';
import { MlflowError } from '../errors.js';
import type { RejectedOperation } from './refusals.js';
import type { Replay, ReplayStep } from './replay.js';
import { stepInTime } from './step-in-time.js';
import type { StoreReach } from './store-reach.js';
import { createWaiters, type Outcome, type Patience } from './waiters.js';

/** How long to wait while the store cannot be used. */
export interface BackOff extends Patience {
  /** Doubled with every failure. */
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Background work that ships a journal as it grows. */
export interface Shipper {
  /** There is more in the journal. */
  notice(): void;
  /** Tries at once; ends when the store has the operation, has refused it, or could not be used several times. Other failures are thrown. */
  waitFor(seq: number): Promise<Outcome>;
  /** Ends the work; what is under way is broken off. */
  stop(): Promise<void>;
}

const longestPauseMs = 5000; // while somebody waits

/** What the shipper works with. */
export interface ShipperOptions {
  readonly replay: Replay;
  readonly backOff: BackOff;
  /** The journal is put on the disk before anything of it is sent. */
  readonly flush: () => Promise<void>;
  /** Whether the store answers to a small question. */
  readonly answers: (withinMs: number) => Promise<boolean>;
  /** Shared with others who use the store. @default not shared: everybody waits in full */
  readonly reach?: StoreReach | undefined;
  readonly onRejected: (rejected: RejectedOperation) => void;
  /** The store has everything there is. */
  readonly onIdle: () => void;
}

/** Starts to ship. One operation is under way at a time. */
export function startShipper(options: ShipperOptions): Shipper {
  const { replay, backOff, flush, reach } = options;
  const stopping = new AbortController();
  const { signal: stopped } = stopping;
  const waiters = createWaiters(backOff, reach);
  let rest = new AbortController();
  let hasMore = true;
  let failures = 0;

  const settle = (step: ReplayStep): void => {
    step.rejected.forEach(options.onRejected);
    const [rejected] = step.rejected;
    const outcome: Outcome =
      rejected === undefined ? { type: 'shipped', result: step.result } : { type: 'rejected', rejected };
    waiters.settleShipped(step.firstSeq, step.lastSeq, outcome);
  };

  const answers = async (withinMs: number): Promise<boolean> => {
    const isBack = await options.answers(withinMs);
    if (isBack) reach?.noteBack();
    return isBack;
  };
  const { isAnyTired: isAwaited, longWaitMs: longMs } = waiters;
  const watch = { isAwaited, longMs, answers, signal: stopped };

  const shipNext = async (): Promise<void> => {
    hasMore = false;
    await flush();
    const step = await stepInTime((signal) => replay.step(signal), watch);
    failures = 0;
    if (step === undefined) {
      options.onIdle();
      return;
    }
    reach?.noteBack();
    hasMore = true;
    settle(step);
  };

  const restUntilNoticed = (ms: number | undefined): Promise<unknown> => {
    rest = new AbortController();
    const { signal } = rest;
    if (stopped.aborted) return Promise.resolve();
    // Nobody waits: then the pause is no reason for the process to live.
    const ref = waiters.count > 0;
    if (ms !== undefined) return sleep(ms, undefined, { signal, ref }).catch(() => undefined);
    return new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
    });
  };

  const pauseMs = (): number => {
    const longestMs = waiters.count > 0 ? Math.min(longestPauseMs, backOff.longestMs) : backOff.longestMs;
    return Math.min(backOff.firstMs * 2 ** (failures - 1), longestMs);
  };

  const work = async (): Promise<void> => {
    while (!stopped.aborted) {
      try {
        await shipNext();
        if (!hasMore) await restUntilNoticed(undefined);
      } catch (error) {
        waiters.settleFailed(error, stopped.aborted);
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
      if (waiters.count === 0) failures = 0; // pauses that have grown while nobody waited are not for who waits now
      const told = waiters.add(seq);
      hasMore = true;
      rest.abort();
      return told;
    },
    async stop() {
      stopping.abort('the log is closed');
      rest.abort();
      await working;
      const closed = new MlflowError('Cannot wait for the store: the log has been closed', { code: 'MLFLOW_ABORTED' });
      waiters.settleFailed(closed, true);
    },
  };
}
