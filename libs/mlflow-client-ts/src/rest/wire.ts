import type { Experiment, LifecycleStage } from '../api/experiments.js';
import type { Metric } from '../api/metrics.js';
import type { ModelStage, ModelVersion } from '../api/model-versions.js';
import type { RegisteredModel } from '../api/registered-models.js';
import type { DatasetInput, Run, RunStatus } from '../api/runs.js';
import { decodeNumber } from './json-text.js';

/** An object of the REST API, snake_case, with what is empty left out. */
export type Wire = Readonly<Record<string, unknown>>;

/** A list that the server leaves out when it is empty. */
export function wireList(value: unknown): readonly Wire[] {
  return Array.isArray(value) ? (value as Wire[]) : [];
}

function wireObject(value: unknown): Wire {
  return typeof value === 'object' && value !== null ? (value as Wire) : {};
}

/** A text that the server leaves out when it is empty. */
export function wireText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function wireTime(value: unknown): number {
  return Number(value ?? 0);
}

function toRecord(pairs: unknown): Record<string, string> {
  return Object.fromEntries(wireList(pairs).map(({ key, value }) => [wireText(key), wireText(value)]));
}

/** `{ a: '1' }` as `[{ key: 'a', value: '1' }]`. */
export function toPairs(record: Readonly<Record<string, string>>): { key: string; value: string }[] {
  return Object.entries(record).map(([key, value]) => ({ key, value }));
}

/** An experiment from the REST API. */
export function toExperiment(wire: Wire): Experiment {
  return {
    experimentId: wireText(wire['experiment_id']),
    name: wireText(wire['name']),
    artifactLocation: wireText(wire['artifact_location']),
    lifecycleStage: wireText(wire['lifecycle_stage']) as LifecycleStage,
    tags: toRecord(wire['tags']),
  };
}

/** A point of a metric from the REST API. */
export function toMetric(wire: Wire): Metric {
  return {
    key: wireText(wire['key']),
    value: decodeNumber(wire['value']),
    timestamp: wireTime(wire['timestamp']),
    step: wireTime(wire['step']),
  };
}

/** A run from the REST API. */
export function toRun(wire: Wire): Run {
  const info = wireObject(wire['info']);
  const data = wireObject(wire['data']);
  const endTime = wireTime(info['end_time']);
  return {
    runId: wireText(info['run_id']),
    runName: wireText(info['run_name']),
    experimentId: wireText(info['experiment_id']),
    status: wireText(info['status']) as RunStatus,
    startTime: wireTime(info['start_time']),
    ...(endTime !== 0 && { endTime }),
    artifactUri: wireText(info['artifact_uri']),
    lifecycleStage: wireText(info['lifecycle_stage']) as LifecycleStage,
    metrics: Object.fromEntries(
      wireList(data['metrics']).map((metric) => [wireText(metric['key']), toMetric(metric).value]),
    ),
    params: toRecord(data['params']),
    tags: toRecord(data['tags']),
    inputs: wireList(wireObject(wire['inputs'])['dataset_inputs']).map(toDatasetInput),
  };
}

function toDatasetInput(wire: Wire): DatasetInput {
  const dataset = wireObject(wire['dataset']);
  const context = toRecord(wire['tags'])['mlflow.data.context'];
  return {
    name: wireText(dataset['name']),
    digest: wireText(dataset['digest']),
    sourceType: wireText(dataset['source_type']),
    source: wireText(dataset['source']),
    ...(dataset['schema'] !== undefined && { schema: wireText(dataset['schema']) }),
    ...(dataset['profile'] !== undefined && { profile: wireText(dataset['profile']) }),
    ...(context !== undefined && { context }),
  };
}

/** A registered model from the REST API. */
export function toRegisteredModel(wire: Wire): RegisteredModel {
  const aliases = wireList(wire['aliases']).map(({ alias, version }) => [wireText(alias), wireText(version)]);
  return {
    name: wireText(wire['name']),
    description: wireText(wire['description']),
    creationTimestamp: wireTime(wire['creation_timestamp']),
    lastUpdatedTimestamp: wireTime(wire['last_updated_timestamp']),
    tags: toRecord(wire['tags']),
    aliases: Object.fromEntries(aliases) as Record<string, string>,
  };
}

/** A model version from the REST API. */
export function toModelVersion(wire: Wire): ModelVersion {
  const aliases = Array.isArray(wire['aliases']) ? wire['aliases'].map(wireText) : [];
  return {
    name: wireText(wire['name']),
    version: wireText(wire['version']),
    currentStage: wireText(wire['current_stage']) as ModelStage,
    source: wireText(wire['source']),
    runId: wireText(wire['run_id']),
    status: wireText(wire['status']),
    description: wireText(wire['description']),
    tags: toRecord(wire['tags']),
    aliases: aliases.sort(),
    creationTimestamp: wireTime(wire['creation_timestamp']),
    lastUpdatedTimestamp: wireTime(wire['last_updated_timestamp']),
  };
}
