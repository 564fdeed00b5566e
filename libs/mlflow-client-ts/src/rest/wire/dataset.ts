import type { DatasetInput, DatasetSummary } from '../../api/runs.js';
import { optionalText, toRecord, wireObject, wireText, type Wire } from './values.js';

const contextTag = 'mlflow.data.context';

/** A dataset of a run from the REST API. */
export function toDatasetInput(wire: Wire): DatasetInput {
  const dataset = wireObject(wire['dataset']);
  return {
    name: wireText(dataset['name']),
    digest: wireText(dataset['digest']),
    sourceType: wireText(dataset['source_type']),
    source: wireText(dataset['source']),
    ...(dataset['schema'] !== undefined && { schema: wireText(dataset['schema']) }),
    ...(dataset['profile'] !== undefined && { profile: wireText(dataset['profile']) }),
    ...optionalText('context', toRecord(wire['tags'])[contextTag]),
  };
}

/** A dataset of a run for the REST API. */
export function fromDatasetInput({ context, sourceType, ...dataset }: DatasetInput): Wire {
  return {
    dataset: { ...dataset, source_type: sourceType },
    tags: context === undefined ? [] : [{ key: contextTag, value: context }],
  };
}

/** A dataset among those of experiments, from the REST API. */
export function toDatasetSummary(wire: Wire): DatasetSummary {
  return {
    experimentId: wireText(wire['experiment_id']),
    name: wireText(wire['name']),
    digest: wireText(wire['digest']),
    ...optionalText('context', wire['context']),
  };
}
