import type { RunStatus } from '../api/runs.js';
import type { RejectedOperation } from '../spool/refusals.js';
import type { ParamValue } from './param-text.js';
import type { SystemMetricsOptions } from './system-metrics/sample-system-metrics.js';

/** The statuses a run can end with. */
export type FinalStatus = Extract<RunStatus, 'FINISHED' | 'FAILED' | 'KILLED'>;

/** What a run starts with, whichever experiment it is of. */
export interface RunStartOptions {
  /** @default a name made by the store */
  readonly runName?: string;
  /** Win over the tags of the environment. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, ParamValue>>;
  /** Shown on the page of the run (the tag `mlflow.note.content`), in Markdown. */
  readonly description?: string;
  /** Milliseconds since 1970. @default now */
  readonly startTime?: number;
  /** Tags that tell user, script, git commit, host, versions; `environment/dependencies.json` when the dependencies fit into no tag. @default true */
  readonly environmentTags?: boolean;
  /** Samples CPU, memory, disk and lag of the event loop as metrics `system/…`. @default false */
  readonly systemMetrics?: boolean | SystemMetricsOptions;
  /** When aborted, `withRun` ends the run as KILLED once the work has settled; the work finds it as `run.signal`. */
  readonly signal?: AbortSignal;
  /** The longest that buffered metrics, params and tags wait before they are written to the journal, in ms. @default 1000 */
  readonly flushMs?: number;
  /** The most metrics, params and tags that wait together. @default 1000 */
  readonly maxBuffered?: number;
}

/** A run to be started or resumed. */
export interface StartRunOptions extends RunStartOptions {
  /** Created when absent. Not together with `experimentId`. @default MLFLOW_EXPERIMENT_ID or MLFLOW_EXPERIMENT_NAME, else 'Default' */
  readonly experimentName?: string;
  readonly experimentId?: string;
  /** Resumes this run instead of making one: its status becomes RUNNING again. Needs the store, and no experiment. */
  readonly runId?: string;
  /** Folder of the journals. @default MLFLOW_SPOOL_DIR, else `.mlflow-spool` in the working directory */
  readonly spoolFolder?: string;
  /**
   * How long a store that cannot be used is waited for, in ms: by the start of the run, which then goes on under an id of its own, and by `end`,
   * `drain` and `logModel`, each. Without it the start takes no more than 10 s, and three failures in a row are enough (1.5 s where nothing listens).
   */
  readonly patienceMs?: number;
  /** Hears of everything that the store refuses for good, at once; `drain` and `end` throw the first of it. */
  readonly onRejected?: (rejected: RejectedOperation) => void;
}
