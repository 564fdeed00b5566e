import type { Clock } from '@i-drill/core';

/** A clock that stands still until a sleep moves it: a test of hours takes no time. */
export class FakeClock implements Clock {
  private time: number;

  constructor(startMs = 0) {
    this.time = startMs;
  }

  now(): number {
    return this.time;
  }

  sleep(ms: number): Promise<void> {
    this.time += ms;
    return Promise.resolve();
  }

  /** Moves time on without a sleep. */
  advance(ms: number): void {
    this.time += ms;
  }
}
