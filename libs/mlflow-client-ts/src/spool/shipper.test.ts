import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MlflowError } from '../errors.js';
import type { Replay } from './replay.js';
import { createStoreReach, type StoreReach } from './store-reach.js';
import { startShipper, type BackOff, type Shipper } from './shipper.js';

// The timers of Node that are promises are not among the ones that can be faked.
vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number, _: undefined, { signal }: { readonly signal: AbortSignal }) =>
    new Promise<void>((resolve) => {
      const end = (): void => {
        signal.removeEventListener('abort', end);
        resolve();
      };
      setTimeout(end, ms);
      signal.addEventListener('abort', end);
    }),
}));

const backOff: BackOff = { firstMs: 500, longestMs: 60_000, tries: 3, patienceMs: 0 };

let tries: number;
let faults: number;
let callMs: number;
let hangs: boolean;
let isHeard: boolean;
let reach: StoreReach;
let shipper: Shipper;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  tries = 0;
  faults = 0;
  callMs = 0;
  hangs = false;
  isHeard = false;
  reach = createStoreReach();
});
afterEach(async () => {
  await Promise.all([shipper.stop(), vi.advanceTimersByTimeAsync(200_000)]);
  vi.useRealTimers();
});

/** Ships to a store that is away; each of its calls fails after `callMs`, or never. */
function shipToNowhere(options: Partial<BackOff> = {}): Shipper {
  const step = async (signal?: AbortSignal): Promise<never> => {
    tries += 1;
    if (hangs) {
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          reject(new MlflowError('Cannot ask: it was aborted', { code: 'MLFLOW_ABORTED' }));
        });
      });
    }
    if (callMs > 0) await new Promise((resolve) => setTimeout(resolve, callMs));
    if (faults > 0) {
      faults -= 1;
      throw new MlflowError('Cannot log it', { code: 'INTERNAL_ERROR', httpStatus: 500, serverMessage: 'bad luck' });
    }
    throw new MlflowError('Cannot reach the server', { code: 'MLFLOW_UNREACHABLE' });
  };
  const replay = { step, state: { done: 0 } } as unknown as Replay;
  const nothing = (): void => undefined;
  const flush = (): Promise<void> => Promise.resolve();
  shipper = startShipper({
    replay,
    backOff: { ...backOff, ...options },
    flush,
    reach,
    answers: () => Promise.resolve(isHeard),
    onRejected: nothing,
    onIdle: nothing,
  });
  return shipper;
}

/** How long the caller waits until it is told that the store cannot be used. */
async function waitedMs(): Promise<number> {
  const start = performance.now();
  let end = NaN;
  const told = shipper.waitFor(1).then((outcome) => {
    expect(outcome).toEqual({ type: 'unavailable' });
    end = performance.now();
  });
  while (Number.isNaN(end)) await vi.advanceTimersByTimeAsync(100);
  await told;
  return end - start;
}

describe('a caller who waits for a store that is away', () => {
  it('is told after three failures in a row', async () => {
    shipToNowhere();
    expect(await waitedMs()).toBeLessThanOrEqual(1600);
    expect(tries).toBe(3);
  });

  it('is not told that the store is away when that works and fails on one call', async () => {
    faults = 4;
    shipToNowhere();
    await waitedMs();
    expect(tries).toBeGreaterThan(4);
  });

  it('is told as soon when the store has been away for long', async () => {
    shipToNowhere();
    await vi.advanceTimersByTimeAsync(300_000);
    expect(await waitedMs()).toBeLessThanOrEqual(1600);
  });

  it('is told no sooner than its patience ends, and soon after', async () => {
    shipToNowhere({ patienceMs: 60_000 });
    const ms = await waitedMs();
    expect(ms).toBeGreaterThanOrEqual(60_000);
    expect(ms).toBeLessThanOrEqual(65_100);
  });

  it('is told after one failure when that took long', async () => {
    isHeard = true;
    callMs = 120_000;
    shipToNowhere();
    expect(await waitedMs()).toBeLessThanOrEqual(120_100);
  });

  it('is told soon when the store takes the call, and answers to nothing', async () => {
    hangs = true;
    shipToNowhere();
    expect(await waitedMs()).toBeLessThanOrEqual(11_000);
    expect(tries).toBe(1);
  });

  it('waits on for a store that is busy with a long call, as it answers to another one', async () => {
    isHeard = true;
    callMs = 300_000;
    shipToNowhere();
    expect(await waitedMs()).toBeGreaterThanOrEqual(300_000);
  });

  it('is told at the next failure when another one has waited in vain', async () => {
    shipToNowhere({ patienceMs: 60_000 });
    await waitedMs();
    expect(reach.isAway).toBe(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await waitedMs()).toBeLessThanOrEqual(200);
    hangs = true;
    expect(await waitedMs()).toBeLessThanOrEqual(3000);
  });
});
