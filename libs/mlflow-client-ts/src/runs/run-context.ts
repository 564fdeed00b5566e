import type { MlflowClient } from '../api/mlflow-client.js';
import type { Run } from '../api/runs.js';
import type { BeginRun, ResumeRun } from '../spool/operation.js';
import type { RunLog } from '../spool/run-log.js';
import type { ProgramFacts } from './environment/environment-tags.js';
import type { RunWriter } from './run-writer.js';

/** What runs need from outside. */
export interface RunPorts {
  readonly openRunLog: (
    client: MlflowClient,
    begin: BeginRun | ResumeRun,
    options: { readonly folder?: string },
  ) => Promise<RunLog>;
  readonly readFacts: () => Promise<ProgramFacts>;
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
