import type { MlflowClient } from '../api/mlflow-client.js';
import type { Run } from '../api/runs.js';
import type { BeginRun, ResumeRun } from '../spool/operation.js';
import type { RunLogOptions } from '../spool/open-run-log.js';
import type { RunLog } from '../spool/run-log.js';
import type { ProgramFacts } from './environment/describe-environment.js';
import type { RunWriter } from './run-writer.js';

/** How a run is kept on the disk and shipped. */
export type SpoolOptions = Pick<RunLogOptions, 'folder' | 'patienceMs' | 'onRejected'>;

/** What runs need from outside. */
export interface RunPorts {
  readonly openRunLog: (client: MlflowClient, begin: BeginRun | ResumeRun, options: SpoolOptions) => Promise<RunLog>;
  readonly readFacts: () => Promise<ProgramFacts>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What the parts of an active run share. */
export interface RunContext {
  readonly client: MlflowClient;
  readonly writer: RunWriter;
  readonly ports: RunPorts;
  /** As the store had it, when the run was resumed. */
  readonly resumed: Run | undefined;
}
