import type { MlflowClient } from '../api/mlflow-client.js';
import type { MlflowError } from '../errors.js';
import type { ResolveOfflineRun } from './offline-ids.js';
import type { SpoolPaths } from './spool-folder.js';
import type { SpoolState } from './state.js';

/** What an operation is performed on. */
export interface ReplayTarget {
  readonly client: MlflowClient;
  /** The same store, with calls that are never repeated. */
  readonly once: MlflowClient;
  readonly paths: SpoolPaths;
  readonly state: SpoolState;
  readonly resolve: ResolveOfflineRun;
  /** Number of the operation. */
  readonly seq: number;
  /** Whether an earlier try may have reached the store: then it is looked up what of it is there. */
  readonly isUncertain: boolean;
  /** Whether to give up what failed so. */
  readonly refuses: (error: unknown) => error is MlflowError;
  /** Keeps what an operation found out before it is finished; on the disk when it returns. */
  readonly note: (change: Partial<SpoolState>) => Promise<void>;
}

/** A target whose run the store has. */
export interface RunTarget extends ReplayTarget {
  readonly runId: string;
}
