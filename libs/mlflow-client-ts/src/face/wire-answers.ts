import type { ArtifactFile } from '../api/artifacts.js';
import type { Experiment } from '../api/experiments.js';
import type { LoggedModel } from '../api/logged-models.js';
import type { Metric, RunMetric } from '../api/metrics.js';
import type { ModelVersion } from '../api/model-versions.js';
import type { Page } from '../api/paged.js';
import type { RegisteredModel } from '../api/registered-models.js';
import type { DatasetInput, DatasetSummary, Run } from '../api/runs.js';
import { encodeNumber } from '../rest/json-text.js';
import { toPairs } from '../rest/wire/values.js';
import { experimentArtifactUri, loggedModelArtifactUri, proxyUri, runArtifactUri } from './artifact-uri.js';

// What is empty is left out, as protocol buffers do: JSON.stringify drops `undefined`.
function orNothing<T extends string | number | readonly unknown[]>(value: T): T | undefined {
  return value === 0 || value === '' || (Array.isArray(value) && value.length === 0) ? undefined : value;
}

function pairsOrNothing(record: Readonly<Record<string, string>>): object | undefined {
  return orNothing(toPairs(record));
}

/** One page under the name of its items. */
export function pageAnswer<T>(name: string, page: Page<T>, convert: (item: T) => object): object {
  return { [name]: orNothing(page.items.map(convert)), next_page_token: page.nextPageToken };
}

/** A list under its name; left out when it is empty. */
export function listAnswer(name: string, items: readonly object[]): object {
  return { [name]: orNothing(items) };
}

/** An experiment as MLflow sends it. */
export function experimentAnswer(experiment: Experiment): object {
  return {
    experiment_id: experiment.experimentId,
    name: experiment.name,
    artifact_location: experimentArtifactUri(experiment),
    lifecycle_stage: experiment.lifecycleStage,
    last_update_time: orNothing(experiment.lastUpdateTime),
    creation_time: orNothing(experiment.creationTime),
    tags: pairsOrNothing(experiment.tags),
  };
}

/** A point of a metric as MLflow sends it. */
export function metricAnswer(metric: Metric | RunMetric): object {
  return {
    key: metric.key,
    value: encodeNumber(metric.value),
    timestamp: metric.timestamp,
    step: metric.step,
    dataset_name: metric.datasetName,
    dataset_digest: metric.datasetDigest,
    model_id: metric.modelId,
    run_id: 'runId' in metric ? metric.runId : undefined,
  };
}

/** What MLflow sends of a run without its data. */
export function runInfoAnswer(run: Run): object {
  return {
    run_id: run.runId,
    run_uuid: run.runId, // the name that clients before 1.0 read
    run_name: run.runName,
    experiment_id: run.experimentId,
    user_id: run.userId,
    status: run.status,
    start_time: run.startTime,
    end_time: run.endTime,
    artifact_uri: runArtifactUri(run),
    lifecycle_stage: run.lifecycleStage,
  };
}

/** A run as MLflow sends it; `metrics` are its latest points. */
export function runAnswer(run: Run, metrics: readonly Metric[]): object {
  return {
    info: runInfoAnswer(run),
    data: {
      metrics: orNothing(metrics.map(metricAnswer)),
      params: pairsOrNothing(run.params),
      tags: pairsOrNothing(run.tags),
    },
    inputs: {
      dataset_inputs: orNothing(run.inputs.map(datasetInputAnswer)),
      model_inputs: orNothing(run.modelInputs.map((modelId) => ({ model_id: modelId }))),
    },
    outputs: { model_outputs: orNothing(run.modelOutputs.map(({ modelId, step }) => ({ model_id: modelId, step }))) },
  };
}

function datasetInputAnswer({ name, digest, sourceType, source, schema, profile, context }: DatasetInput): object {
  return {
    tags: context === undefined ? undefined : [{ key: 'mlflow.data.context', value: context }],
    dataset: { name, digest, source_type: sourceType, source, schema, profile },
  };
}

/** A dataset that runs used, as MLflow sends it. */
export function datasetSummaryAnswer({ experimentId, name, digest, context }: DatasetSummary): object {
  return { experiment_id: experimentId, name, digest, context };
}

const loggedModelStatuses = {
  PENDING: 'LOGGED_MODEL_PENDING',
  READY: 'LOGGED_MODEL_READY',
  UPLOAD_FAILED: 'LOGGED_MODEL_UPLOAD_FAILED',
} as const;

/** A logged model as MLflow sends it. */
export function loggedModelAnswer(model: LoggedModel): object {
  return {
    info: {
      model_id: model.modelId,
      experiment_id: model.experimentId,
      name: model.name,
      creation_timestamp_ms: model.creationTimestamp,
      last_updated_timestamp_ms: model.lastUpdatedTimestamp,
      artifact_uri: loggedModelArtifactUri(model),
      status: loggedModelStatuses[model.status],
      model_type: orNothing(model.modelType),
      source_run_id: orNothing(model.sourceRunId),
      tags: pairsOrNothing(model.tags),
    },
    data: { params: pairsOrNothing(model.params), metrics: orNothing(model.metrics.map(metricAnswer)) },
  };
}

/** A registered model as MLflow sends it; `latestVersions` has one per stage. */
export function registeredModelAnswer(model: RegisteredModel, latestVersions: readonly ModelVersion[]): object {
  const aliases = Object.entries(model.aliases).map(([alias, version]) => ({ alias, version }));
  return {
    name: model.name,
    creation_timestamp: model.creationTimestamp,
    last_updated_timestamp: model.lastUpdatedTimestamp,
    description: orNothing(model.description),
    latest_versions: orNothing(latestVersions.map(modelVersionAnswer)),
    tags: pairsOrNothing(model.tags),
    aliases: orNothing(aliases),
  };
}

/** A model version as MLflow sends it. */
export function modelVersionAnswer(version: ModelVersion): object {
  return {
    name: version.name,
    version: version.version,
    creation_timestamp: version.creationTimestamp,
    last_updated_timestamp: version.lastUpdatedTimestamp,
    current_stage: version.currentStage,
    description: version.description,
    source: proxyUri(version.source),
    run_id: orNothing(version.runId),
    status: version.status,
    tags: pairsOrNothing(version.tags),
    aliases: orNothing(version.aliases),
  };
}

/** A file or folder among artifacts as MLflow sends it. */
export function fileAnswer({ path, isDirectory, sizeBytes }: ArtifactFile): object {
  return { path, is_dir: isDirectory, file_size: orNothing(sizeBytes) };
}
