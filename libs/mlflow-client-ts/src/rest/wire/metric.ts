import type { Metric, RunMetric } from '../../api/metrics.js';
import { decodeNumber, encodeNumber } from '../json-text.js';
import { optionalText, wireInteger, wireText, type Wire } from './values.js';

/** A point of a metric from the REST API. */
export function toMetric(wire: Wire): Metric {
  return {
    key: wireText(wire['key']),
    value: decodeNumber(wire['value']),
    timestamp: wireInteger(wire['timestamp']),
    step: wireInteger(wire['step']),
    ...optionalText('modelId', wire['model_id']),
    ...optionalText('datasetName', wire['dataset_name']),
    ...optionalText('datasetDigest', wire['dataset_digest']),
  };
}

/** A point with its run from the REST API. */
export function toRunMetric(wire: Wire): RunMetric {
  return { ...toMetric(wire), runId: wireText(wire['run_id']) };
}

/** A point for the REST API. */
export function fromMetric(metric: Metric): Wire {
  const { key, value, timestamp, step, modelId, datasetName, datasetDigest } = metric;
  return {
    key,
    value: encodeNumber(value),
    timestamp,
    step,
    ...(modelId !== undefined && { model_id: modelId }),
    ...(datasetName !== undefined && { dataset_name: datasetName }),
    ...(datasetDigest !== undefined && { dataset_digest: datasetDigest }),
  };
}
