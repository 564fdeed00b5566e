import { isUnavailable } from '../error-guards.js';
import { isServerFault, type RejectedOperation } from './refusals.js';
import type { OperationResult } from './run-log.js';
import type { StoreReach } from './store-reach.js';

/** What came of waiting for an operation. */
export type Outcome =
  | { readonly type: 'shipped'; readonly result: OperationResult }
  | { readonly type: 'rejected'; readonly rejected: RejectedOperation }
  | { readonly type: 'unavailable' };

/** How long those who wait for a store wait. */
export interface Patience {
  /** So many failures in a row until those who wait are told that the store cannot be used; one is enough when it took more than 10 s. */
  readonly tries: number;
  /** Those who wait are told no sooner than this. */
  readonly patienceMs: number;
}

/** Those who wait until the store has an operation. */
interface Waiters {
  readonly count: number;
  add(seq: number): Promise<Outcome>;
  /** The store has these operations, or has refused them. */
  settleShipped(firstSeq: number, lastSeq: number, outcome: Outcome): void;
  /** A try failed: tells those whose patience has ended, and all when it is of no use to wait. */
  settleFailed(error: unknown, isStopped: boolean): void;
  /** Whether somebody has waited so long that silence of the store counts as a failure. */
  readonly isAnyTired: () => boolean;
  /** How long the silence must be. */
  readonly longWaitMs: () => number;
}

interface Waiter {
  readonly seq: number;
  readonly settle: (outcome: Outcome) => void;
  readonly fail: (error: unknown) => void;
  readonly since: number;
  readonly patienceMs: number;
  triesLeft: number;
}

const longMs = 10_000;
const longMsWhileAway = 2000;

/** Nobody waits yet. Who comes while the store is known to be away waits for one more try. */
export function createWaiters({ tries, patienceMs }: Patience, reach: StoreReach | undefined): Waiters {
  let waiters: Waiter[] = [];
  const isAway = (): boolean => reach?.isAway === true;
  const longWaitMs = (): number => (isAway() ? longMsWhileAway : longMs);
  const waitedMs = ({ since }: Waiter): number => performance.now() - since;
  const isTired = (waiter: Waiter): boolean =>
    waitedMs(waiter) >= waiter.patienceMs && waitedMs(waiter) >= longWaitMs();
  const hasWaitedEnough = (waiter: Waiter): boolean =>
    waitedMs(waiter) >= waiter.patienceMs && (waiter.triesLeft <= 0 || isTired(waiter));
  const tell = (waiter: Waiter, error: unknown): void => {
    if (!isUnavailable(error)) {
      waiter.fail(error);
      return;
    }
    reach?.noteAway();
    waiter.settle({ type: 'unavailable' });
  };

  return {
    get count() {
      return waiters.length;
    },
    add: (seq) =>
      new Promise((settle, fail) => {
        const limits = isAway() ? { triesLeft: 1, patienceMs: 0 } : { triesLeft: tries, patienceMs };
        waiters.push({ seq, settle, fail, since: performance.now(), ...limits });
      }),
    settleShipped(firstSeq, lastSeq, outcome) {
      const ready = waiters.filter(({ seq }) => seq <= lastSeq);
      waiters = waiters.filter(({ seq }) => seq > lastSeq);
      for (const { seq, settle } of ready) settle(seq < firstSeq ? { type: 'shipped', result: {} } : outcome);
    },
    settleFailed(error, isStopped) {
      if (isServerFault(error) && !isStopped) return; // it works; if it goes on failing on this call, that becomes a refusal
      const passes = isUnavailable(error) && !isStopped;
      for (const waiter of waiters) waiter.triesLeft -= 1;
      const failed = waiters.filter((waiter) => !passes || hasWaitedEnough(waiter));
      waiters = waiters.filter((waiter) => !failed.includes(waiter));
      for (const waiter of failed) tell(waiter, error);
    },
    isAnyTired: () => waiters.some(isTired),
    longWaitMs,
  };
}
