import { join } from 'node:path';
import type { LoggedModel, LoggedModelStatus } from '../api/logged-models.js';
import type { RunMetric } from '../api/metrics.js';
import { notFound } from '../faults.js';
import { latestPoint } from '../metric-points.js';
import { followedUri } from './artifact-uri.js';
import { experimentFolders } from './experiment-folder.js';
import { loggedModelFolder } from './layout.js';
import { listFolders } from './list-folders.js';
import { metaNumber, metaText, readMetaSync, type Meta } from './meta.js';
import { parseModelPoints } from './metric-file.js';
import type { StoreContext } from './store-context.js';
import { readValuesSync } from './value-files.js';

/** A logged model on disk. */
export interface LoggedModelOnDisk {
  readonly path: string;
  readonly meta: Meta;
}

/** Numbers by which MLflow's file store keeps the status of a logged model. */
export const modelStatusNumbers: Readonly<Record<LoggedModelStatus, number>> = {
  PENDING: 1,
  READY: 2,
  UPLOAD_FAILED: 3,
};

/** A logged model that is not deleted: where it was last seen, else in any experiment. */
export function openLoggedModel(context: StoreContext, modelId: string): LoggedModelOnDisk {
  const home = context.homes.get(modelId);
  const known = home === undefined ? undefined : modelIn(home, modelId);
  const found = known ?? findAnywhere(context, modelId);
  if (found !== undefined && isActive(found)) return found;
  throw notFound(`Cannot find logged model "${modelId}": there is none in "${context.root}"; check its id`, {
    modelId,
  });
}

function findAnywhere(context: StoreContext, modelId: string): LoggedModelOnDisk | undefined {
  for (const { path } of experimentFolders(context)) {
    const found = modelIn(path, modelId);
    if (found === undefined) continue;
    context.homes.set(modelId, path);
    return found;
  }
  return undefined;
}

function modelIn(experimentPath: string, modelId: string): LoggedModelOnDisk | undefined {
  const path = loggedModelFolder(experimentPath, modelId);
  const meta = readMetaSync(path);
  return meta !== undefined && metaText(meta, 'model_id') === modelId ? { path, meta } : undefined;
}

function isActive({ meta }: LoggedModelOnDisk): boolean {
  return metaText(meta, 'lifecycle_stage') !== 'deleted';
}

/** The logged models of an experiment, without the deleted ones. */
export function listLoggedModels(experimentPath: string): LoggedModelOnDisk[] {
  return listFolders(join(experimentPath, 'models'))
    .map((modelId) => modelIn(experimentPath, modelId))
    .filter((model) => model !== undefined)
    .filter(isActive);
}

/** Everything that is kept about a logged model. */
export function readLoggedModel(model: LoggedModelOnDisk): LoggedModel {
  const { path, meta } = model;
  return {
    modelId: metaText(meta, 'model_id'),
    experimentId: metaText(meta, 'experiment_id'),
    name: metaText(meta, 'name'),
    creationTimestamp: metaNumber(meta, 'creation_timestamp'),
    lastUpdatedTimestamp: metaNumber(meta, 'last_updated_timestamp'),
    artifactUri: modelArtifactUri(model),
    status: statusOf(meta),
    modelType: metaText(meta, 'model_type'),
    sourceRunId: metaText(meta, 'source_run_id'),
    tags: readValuesSync(path, 'tags'),
    params: readValuesSync(path, 'params'),
    metrics: readModelMetrics(model),
  };
}

/** Where the files of a logged model are. */
export function modelArtifactUri({ path, meta }: LoggedModelOnDisk): string {
  return followedUri(metaText(meta, 'artifact_location'), join(path, 'artifacts'), 4);
}

function statusOf(meta: Meta): LoggedModelStatus {
  const number = metaNumber(meta, 'status');
  const entry = Object.entries(modelStatusNumbers).find(([, value]) => value === number);
  return (entry?.[0] ?? 'PENDING') as LoggedModelStatus;
}

function readModelMetrics({ path, meta }: LoggedModelOnDisk): RunMetric[] {
  const texts = Object.entries(readValuesSync(path, 'metrics'));
  return texts.flatMap(([key, text]) => latestPerDataset(parseModelPoints(key, text, metaText(meta, 'model_id'))));
}

function latestPerDataset(points: readonly RunMetric[]): RunMetric[] {
  const datasets = [...new Set(points.map(datasetOf))];
  return datasets.flatMap((dataset) => latestPoint(points.filter((point) => datasetOf(point) === dataset)) ?? []);
}

function datasetOf({ datasetName, datasetDigest }: RunMetric): string {
  return JSON.stringify([datasetName, datasetDigest]);
}
