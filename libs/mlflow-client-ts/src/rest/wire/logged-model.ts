import type { LoggedModel, LoggedModelStatus } from '../../api/logged-models.js';
import type { RunMetric } from '../../api/metrics.js';
import { latestPoint } from '../../metric-points.js';
import { toRunMetric } from './metric.js';
import { toTags } from './request-tag.js';
import { toRecord, wireInteger, wireList, wireObject, wireText, type Wire } from './values.js';

const statusPrefix = 'LOGGED_MODEL_';

/** A logged model from the REST API. */
export function toLoggedModel(wire: Wire): LoggedModel {
  const info = wireObject(wire['info']);
  const data = wireObject(wire['data']);
  return {
    modelId: wireText(info['model_id']),
    experimentId: wireText(info['experiment_id']),
    name: wireText(info['name']),
    creationTimestamp: wireInteger(info['creation_timestamp_ms']),
    lastUpdatedTimestamp: wireInteger(info['last_updated_timestamp_ms']),
    artifactUri: wireText(info['artifact_uri']),
    status: wireText(info['status']).replace(statusPrefix, '') as LoggedModelStatus,
    modelType: wireText(info['model_type']),
    sourceRunId: wireText(info['source_run_id']),
    tags: toTags(info['tags']),
    params: toRecord(data['params']),
    metrics: latestPoints(wireList(data['metrics']).map(toRunMetric)),
  };
}

/** A server sends every point. */
function latestPoints(points: readonly RunMetric[]): RunMetric[] {
  const groups = new Map<string, RunMetric[]>();
  for (const point of points) {
    const place = JSON.stringify([point.key, point.datasetName, point.datasetDigest]);
    groups.set(place, [...(groups.get(place) ?? []), point]);
  }
  return [...groups.values()].flatMap((group) => latestPoint(group) ?? []);
}

/** A status for the REST API. */
export function fromLoggedModelStatus(status: LoggedModelStatus): string {
  return `${statusPrefix}${status}`;
}
