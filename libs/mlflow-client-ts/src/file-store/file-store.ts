import type { StoreMethods } from '../api/mlflow-client.js';
import { fileArtifacts } from './artifacts.js';
import { fileExperiments } from './experiments.js';
import { explainedStore } from './explained-store.js';
import { createFileCache } from '../fs/file-cache.js';
import { createStoreFiles, type StoreFilesOptions } from '../fs/store-files.js';
import { createHomes } from './homes.js';
import { createLocks, type LockSettings } from './locks.js';
import { fileLoggedModels } from './logged-models.js';
import { fileMetrics } from './metrics.js';
import { fileModelVersions } from './model-versions.js';
import { fileRegisteredModels } from './registered-models.js';
import { fileRuns } from './runs.js';
import { fileStoreCapabilities } from './file-store-capabilities.js';
import { fileWebhooks } from './webhooks.js';

/** Where a file store is. */
export interface FileStoreOptions extends StoreFilesOptions {
  /** Absolute. */
  readonly root: string;
  /** As the caller named it. */
  readonly trackingUri: string;
  readonly lockSettings?: LockSettings;
}

/**
 * MLflow in a folder, in the layout of MLflow's own file store: a real server opens it (MLFLOW_ALLOW_FILE_STORE=true), and this store
 * opens what Python wrote. Writers take a lock per run, model or store; readers take none, because files are replaced by rename.
 */
export function createFileStore({ root, trackingUri, lockSettings, ...writing }: FileStoreOptions): StoreMethods {
  const files = createStoreFiles(writing);
  const context = {
    root,
    files,
    cache: createFileCache(),
    locks: createLocks({ root, files }, lockSettings),
    homes: createHomes(),
    now: Date.now,
  };
  const store: StoreMethods = {
    trackingUri,
    ...fileStoreCapabilities(),
    ...fileExperiments(context),
    ...fileRuns(context),
    ...fileMetrics(context),
    ...fileArtifacts(context),
    ...fileLoggedModels(context),
    ...fileRegisteredModels(context),
    ...fileModelVersions(context),
    ...fileWebhooks(),
  };
  return explainedStore(store, root);
}
