import type { Run, RunStatus } from '../api/runs.js';
import { metaNumber, type Meta } from './meta.js';

const statusNumbers: Readonly<Record<RunStatus, number>> = {
  RUNNING: 1,
  SCHEDULED: 2,
  FINISHED: 3,
  FAILED: 4,
  KILLED: 5,
};

/** The number by which MLflow's file store keeps a status. */
export function statusNumber(status: RunStatus): number {
  return statusNumbers[status];
}

/** The status of a run; one without is running. */
export function statusOf(meta: Meta): RunStatus {
  const number = metaNumber(meta, 'status');
  const entry = Object.entries(statusNumbers).find(([, value]) => value === number);
  return (entry?.[0] ?? 'RUNNING') as RunStatus;
}

/** What is known of a run before it is started. */
export interface NewRun extends Pick<Run, 'runId' | 'runName' | 'experimentId' | 'startTime' | 'artifactUri'> {
  readonly userId: string;
}

/** The `meta.yaml` of a run that starts, with the fields that MLflow writes for its older versions. */
export function newRunMeta({ runId, runName, experimentId, startTime, artifactUri, userId }: NewRun): Meta {
  return {
    artifact_uri: artifactUri,
    deleted_time: null,
    end_time: null,
    entry_point_name: '',
    experiment_id: experimentId,
    lifecycle_stage: 'active',
    run_id: runId,
    run_name: runName,
    run_uuid: runId,
    source_name: '',
    source_type: 4,
    source_version: '',
    start_time: startTime,
    status: statusNumber('RUNNING'),
    tags: [],
    user_id: userId,
  };
}
