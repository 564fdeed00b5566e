import type { FileCache } from '../fs/file-cache.js';
import type { StoreFiles } from '../fs/store-files.js';
import type { Homes } from './homes.js';
import type { Locks } from './locks.js';

/** What every part of the file store needs. */
export interface StoreContext {
  /** Absolute folder of the store. */
  readonly root: string;
  readonly locks: Locks;
  /** Every change on disk goes through these. */
  readonly files: StoreFiles;
  /** For searches, which read the same files again and again. */
  readonly cache: FileCache;
  /** In which experiments runs and logged models were last seen. */
  readonly homes: Homes;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
