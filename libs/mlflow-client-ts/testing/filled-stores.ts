import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { MlflowClient } from '../src/api/mlflow-client.js';
import { openMlflow } from '../src/open-mlflow.js';
import { fillStore } from './fill-store.js';

/** Stores side by side in a folder that is new for each test. */
export interface FilledStores {
  /** With something of everything in it. */
  readonly from: MlflowClient;
  /** Opens an empty one. */
  readonly openStore: (name: string) => MlflowClient;
  readonly removeStore: (name: string) => void;
}

/** Gives every test of the block a filled store and room for others, and removes them afterwards. */
export function filledStores(): () => FilledStores {
  let root = '';
  let from: MlflowClient;
  const openStore = (name: string): MlflowClient =>
    openMlflow({ trackingUri: `file:${join(root, name)}`, fsync: false });
  const removeStore = (name: string): void => {
    rmSync(join(root, name), { recursive: true });
  };
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'mlflow-export-'));
    from = openStore('from');
    await fillStore(from);
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });
  return () => ({ from, openStore, removeStore });
}
