import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { StoreMethods } from '../src/api/mlflow-client.js';
import { createFileStore } from '../src/file-store/file-store.js';

/** A file store that is new for each test. */
export interface TemporaryStore {
  readonly store: StoreMethods;
  /** Its folder. */
  readonly root: string;
  /** The same store as another process opens it. */
  readonly reopen: () => StoreMethods;
}

/** Gives every test of the file a file store, and removes it afterwards. */
export function temporaryStore(): () => TemporaryStore {
  let root = '';
  let store: StoreMethods;
  const open = (): StoreMethods => createFileStore({ root, trackingUri: `file:${root}`, fsync: false });
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'mlflow-file-store-'));
    store = open();
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });
  return () => ({ store, root, reopen: open });
}
