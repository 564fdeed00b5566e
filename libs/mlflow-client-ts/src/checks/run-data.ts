import type { Metric } from '../api/metrics.js';
import type { CreateRun, DatasetInput, RunBatch, RunStatus, RunUpdate } from '../api/runs.js';
import { invalidValue } from '../faults.js';
import { assertKey } from './keys.js';
import { assertText } from './text.js';
import { assertLength, type TextKind } from './text-length.js';

const statuses: readonly string[] = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] satisfies RunStatus[];

/** Refuses an unknown status: a server would answer 200 and change nothing. */
export function assertRunUpdate(update: RunUpdate): void {
  if (update.status !== undefined && !statuses.includes(update.status)) {
    throw invalidValue(
      `Cannot set the status of a run to ${JSON.stringify(update.status)}: it is one of ${statuses.join(', ')}`,
      { status: update.status },
    );
  }
  if (update.endTime !== undefined) assertMilliseconds('end time', update.endTime);
  if (update.runName !== undefined) assertLength('runName', 'name of the run', update.runName);
}

/** Refuses an over-long name, and one that the tag `mlflow.runName` contradicts. */
export function assertRunName({ runName, tags = {} }: CreateRun): void {
  assertLength('runName', 'name of the run', runName ?? '');
  const tag = tags['mlflow.runName'];
  if (runName !== undefined && tag !== undefined && tag !== runName) {
    throw invalidValue(
      `Cannot create run "${runName}": its tag mlflow.runName says "${tag}"; leave one of the two out`,
      { runName, tag },
    );
  }
}

/** Refuses tags that a server refuses or would cut. */
export function assertRunTags(tags: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(tags)) {
    assertKey('tag', key);
    assertText(`value of tag "${key}"`, value);
    assertLength('runTagValue', `value of tag "${key}"`, value);
  }
}

/** Refuses a batch of which any part would be refused or cut, before anything of it is written. */
export function assertBatch({ metrics = [], params = {}, tags = {} }: RunBatch): void {
  for (const [key, value] of Object.entries(params)) {
    assertKey('param', key);
    assertText(`value of param "${key}"`, value);
    assertLength('paramValue', `value of param "${key}"`, value);
  }
  metrics.forEach(assertMetric);
  assertRunTags(tags);
}

function assertMetric({ key, value, timestamp, step }: Metric): void {
  assertKey('metric', key);
  if (typeof value !== 'number') {
    throw invalidValue(`Cannot log metric "${key}": its value is ${JSON.stringify(value)}, not a number`, { key });
  }
  assertMilliseconds(`timestamp of metric "${key}"`, timestamp);
  assertStep(`metric "${key}"`, step);
}

/** Refuses a step that is not a whole number. */
export function assertStep(what: string, step: number): void {
  if (!Number.isSafeInteger(step)) {
    throw invalidValue(`Cannot log ${what}: step ${step} is not a whole number`, { step });
  }
}

/** Refuses anything but whole milliseconds since 1970. */
export function assertMilliseconds(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw invalidValue(`Cannot use ${value} as ${what}: give whole milliseconds since 1970`, { value });
  }
}

const datasetLimits = {
  name: 'datasetName',
  digest: 'datasetDigest',
  sourceType: 'datasetSourceType',
  source: 'datasetSource',
  schema: 'datasetSchema',
  profile: 'datasetProfile',
  context: 'datasetContext',
} as const satisfies Record<keyof DatasetInput, TextKind>;

/** Refuses dataset inputs without name, digest or source, and over-long ones. */
export function assertDatasets(datasets: readonly DatasetInput[]): void {
  for (const dataset of datasets) {
    for (const field of ['name', 'digest', 'sourceType', 'source'] as const) {
      if (dataset[field] === '') throw invalidValue(`Cannot log dataset "${dataset.name}": its ${field} is empty`);
    }
    for (const [field, kind] of Object.entries(datasetLimits) as [keyof DatasetInput, TextKind][]) {
      assertLength(kind, `${field} of dataset "${dataset.name.slice(0, 40)}"`, dataset[field] ?? '');
    }
  }
}
