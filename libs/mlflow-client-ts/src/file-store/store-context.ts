import type { Locks } from './locks.js';

/** What every part of the file store needs. */
export interface StoreContext {
  /** Absolute folder of the store. */
  readonly root: string;
  readonly locks: Locks;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
