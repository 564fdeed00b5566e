import type { Experiment } from '../api/experiments.js';
import type { LoggedModel } from '../api/logged-models.js';
import type { ModelVersion } from '../api/model-versions.js';
import type { RegisteredModel } from '../api/registered-models.js';
import type { Run } from '../api/runs.js';
import type { Identifier } from './identifier.js';
import type { Value, ValuesOf } from './match.js';
import type { LoggedModelReader } from './search.js';

/** Reads a run that is in memory, for {@link searchInMemory}. */
export const runValues: ValuesOf<Run> = (run, { kind, key }) => {
  if (kind === 'dataset') return run.inputs.flatMap((input) => present(input[key as 'name' | 'digest' | 'context']));
  if (kind === 'metric') return ownValue(run.metrics, key);
  if (kind === 'param') return ownValue(run.params, key);
  if (kind === 'tag') return ownValue(run.tags, key);
  return ownValue(runAttributes(run), key);
};

function runAttributes(run: Run): Values {
  return {
    run_id: run.runId,
    run_name: run.runName,
    status: run.status,
    artifact_uri: run.artifactUri,
    user_id: run.userId,
    start_time: run.startTime,
    end_time: run.endTime,
  };
}

/** Reads an experiment that is in memory, for {@link searchInMemory}. */
export const experimentValues: ValuesOf<Experiment> = (experiment, identifier) =>
  tagOrAttribute(experiment.tags, identifier, {
    name: experiment.name,
    experiment_id: experiment.experimentId,
    creation_time: experiment.creationTime,
    last_update_time: experiment.lastUpdateTime,
  });

/** Reads a registered model that is in memory, for {@link searchInMemory}. */
export const registeredModelValues: ValuesOf<RegisteredModel> = (model, identifier) =>
  tagOrAttribute(model.tags, identifier, { name: model.name, last_updated_timestamp: model.lastUpdatedTimestamp });

/** Reads a model version that is in memory, for {@link searchInMemory}. */
export const modelVersionValues: ValuesOf<ModelVersion> = (version, identifier) =>
  tagOrAttribute(version.tags, identifier, {
    name: version.name,
    version_number: Number(version.version),
    run_id: version.runId,
    source_path: version.source,
    creation_timestamp: version.creationTimestamp,
    last_updated_timestamp: version.lastUpdatedTimestamp,
  });

const statusNumbers = { PENDING: '1', READY: '2', UPLOAD_FAILED: '3' } as const;

/** Reads a logged model that is in memory, for {@link searchLoggedModelsInMemory}. */
export const loggedModelReader: LoggedModelReader<LoggedModel> = {
  pointsOf: ({ metrics }, wanted) => metrics.filter(({ key }) => wanted === undefined || key === wanted),
  valuesOf: (model, { kind, key }) => {
    if (kind === 'param') return ownValue(model.params, key);
    return tagOrAttribute(model.tags, { kind, key }, loggedModelAttributes(model));
  },
};

function loggedModelAttributes(model: LoggedModel): Values {
  return {
    name: model.name,
    model_id: model.modelId,
    experiment_id: model.experimentId,
    artifact_location: model.artifactUri,
    model_type: model.modelType,
    source_run_id: model.sourceRunId,
    status: statusNumbers[model.status],
    lifecycle_stage: 'active', // no search finds others
    creation_timestamp_ms: model.creationTimestamp,
    last_updated_timestamp_ms: model.lastUpdatedTimestamp,
  };
}

type Values = Readonly<Record<string, Value | undefined>>;

function tagOrAttribute(tags: Values, { kind, key }: Identifier, attributes: Values): Value[] {
  return ownValue(kind === 'tag' ? tags : attributes, key);
}

// A key may be the name of something that every object has.
function ownValue(record: Values, key: string): Value[] {
  return Object.hasOwn(record, key) ? present(record[key]) : [];
}

function present(value: Value | undefined): Value[] {
  return value === undefined ? [] : [value];
}
