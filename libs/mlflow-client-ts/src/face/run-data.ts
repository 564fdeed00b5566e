import type { Metric } from '../api/metrics.js';
import type { DatasetInput, RunBatch } from '../api/runs.js';
import { MlflowError } from '../errors.js';
import { invalidValue } from '../faults.js';
import {
  anyText,
  innerMessage,
  messageList,
  optionalInteger,
  optionalText,
  requiredInteger,
  requiredNumber,
  requiredText,
  textPairs,
} from './fields.js';
import type { Message } from './message.js';

const limits = { metrics: 1000, params: 100, tags: 100, together: 1000 } as const;
const contextTag = 'mlflow.data.context';

/** A point of a metric. */
export function readMetric(message: Message): Metric {
  const modelId = optionalText(message, 'model_id');
  const datasetName = optionalText(message, 'dataset_name');
  const datasetDigest = optionalText(message, 'dataset_digest');
  return {
    key: requiredText(message, 'key'),
    value: requiredNumber(message, 'value'),
    timestamp: requiredInteger(message, 'timestamp'),
    step: optionalInteger(message, 'step') ?? 0,
    ...(modelId !== undefined && { modelId }),
    ...(datasetName !== undefined && { datasetName }),
    ...(datasetDigest !== undefined && { datasetDigest }),
  };
}

/** What `runs/log-batch` brings, within the limits of a server. */
export function readBatch(message: Message): RunBatch {
  const metrics = messageList(message, 'metrics').map(readMetric);
  const paramCount = assertUniqueKeys(messageList(message, 'params'));
  const tagCount = messageList(message, 'tags').length;
  assertCount('metrics', metrics.length);
  assertCount('params', paramCount);
  assertCount('tags', tagCount);
  assertCount('together', metrics.length + paramCount + tagCount);
  return { metrics, params: textPairs(message, 'params'), tags: textPairs(message, 'tags') };
}

function assertCount(what: keyof typeof limits, count: number): void {
  if (count <= limits[what]) return;
  const items = what === 'together' ? 'metrics, params and tags together' : what;
  throw invalidValue(`Cannot log ${count} ${items} at once: at most ${limits[what]} are taken; send several batches`, {
    count,
  });
}

// Params are immutable: of two values for one key, one would be lost.
function assertUniqueKeys(params: readonly Message[]): number {
  const keys = new Set(params.map((param) => requiredText(param, 'key')));
  if (keys.size === params.length) return params.length;
  throw invalidValue('Cannot log params: a key stands twice in the batch; send each param once');
}

/** What `runs/log-inputs` brings. */
export function readDatasets(message: Message): DatasetInput[] {
  return messageList(message, 'datasets').map((input) => {
    const dataset = innerMessage(input, 'dataset');
    const schema = optionalText(dataset, 'schema');
    const profile = optionalText(dataset, 'profile');
    const context = readContext(input);
    return {
      name: requiredText(dataset, 'name'),
      digest: requiredText(dataset, 'digest'),
      sourceType: requiredText(dataset, 'source_type'),
      source: anyText(dataset, 'source'),
      ...(schema !== undefined && { schema }),
      ...(profile !== undefined && { profile }),
      ...(context !== undefined && { context }),
    };
  });
}

function readContext(input: Message): string | undefined {
  const { [contextTag]: context, ...others } = textPairs(input, 'tags');
  const unkept = Object.keys(others);
  if (unkept.length === 0) return context;
  throw new MlflowError(
    `Cannot log a dataset with the tags ${unkept.join(', ')}: this store keeps only the tag ${contextTag} of a dataset; leave the others out`,
    { code: 'NOT_IMPLEMENTED', details: { unkept } },
  );
}
