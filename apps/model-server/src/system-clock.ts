import { setTimeout as wait } from 'node:timers/promises';
import type { AbortSignalLike, Clock } from '@i-drill/core';

/** The machine's clock. With fractions of a millisecond: a small model answers in less than one. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: (ms: number, signal?: AbortSignalLike) => wait(ms, undefined, { signal: signal as AbortSignal | undefined }),
};
