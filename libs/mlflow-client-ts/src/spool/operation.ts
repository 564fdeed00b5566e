import type { RunUpdate, DatasetInput, ModelOutput, RunBatch } from '../api/runs.js';
import type { MlmodelJson } from '../model/mlmodel.js';

/** A run to be started, by the name of its experiment: the id can be unknown while the server is down. */
export interface BeginRun {
  readonly type: 'beginRun';
  /** Made when absent. */
  readonly experimentName?: string;
  /** Instead of a name. */
  readonly experimentId?: string;
  readonly runName?: string;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** Going on with a run that the store has. */
export interface ResumeRun {
  readonly type: 'resumeRun';
  readonly runId: string;
}

/** A model folder to be logged, and registered when a name is given. */
export interface LogModelOperation {
  readonly type: 'logModel';
  /** Name of the logged model (MLflow 3), and folder among the artifacts of the run where there are none. */
  readonly name: string;
  /** Path in the model folder to blob of the spool; `MLmodel` is written at replay, when the ids are known. */
  readonly files: Readonly<Record<string, string>>;
  /** Without run_id, artifact_path and model_uuid, which are set at replay. */
  readonly mlmodel: Omit<MlmodelJson, 'run_id' | 'artifact_path' | 'model_uuid'> & Readonly<Record<string, unknown>>;
  readonly modelType?: string;
  readonly step?: number;
  /** Files among the artifacts of the run and `log-model`, as in MLflow 2, also where there are logged models. */
  readonly layout?: 'runArtifacts';
  readonly register?: {
    readonly name: string;
    readonly description?: string;
    readonly tags?: Readonly<Record<string, string>>;
    /** Given to the new version. */
    readonly aliases?: readonly string[];
  };
}

/** Something that was logged to a run, as it is kept in a journal until the store has it. */
export type RunOperation =
  | BeginRun
  | ResumeRun
  | LogModelOperation
  | { readonly type: 'logBatch'; readonly batch: RunBatch }
  | { readonly type: 'deleteTag'; readonly key: string }
  | { readonly type: 'logInputs'; readonly datasets: readonly DatasetInput[]; readonly modelIds?: readonly string[] }
  | { readonly type: 'logOutputs'; readonly models: readonly ModelOutput[] }
  | { readonly type: 'recordModel'; readonly mlmodel: MlmodelJson }
  /** `blob` names a file of the spool with the content. */
  | { readonly type: 'uploadArtifact'; readonly path: string; readonly blob: string }
  | { readonly type: 'updateRun'; readonly update: RunUpdate };
