import type { LifecycleStage } from '../../api/experiments.js';
import type { ModelOutput, Run, RunStatus } from '../../api/runs.js';
import { toDatasetInput } from './dataset.js';
import { toMetric } from './metric.js';
import { toTags } from './request-tag.js';
import { toRecord, wireInteger, wireList, wireObject, wireText, type Wire } from './values.js';

type RunInfo = Pick<
  Run,
  | 'runId'
  | 'runName'
  | 'experimentId'
  | 'userId'
  | 'status'
  | 'startTime'
  | 'endTime'
  | 'artifactUri'
  | 'lifecycleStage'
>;

/** A run from the REST API. */
export function toRun(wire: Wire): Run {
  const data = wireObject(wire['data']);
  const inputs = wireObject(wire['inputs']);
  const outputs = wireObject(wire['outputs']);
  return {
    ...toRunInfo(wireObject(wire['info'])),
    metrics: Object.fromEntries(
      wireList(data['metrics']).map((metric) => [wireText(metric['key']), toMetric(metric).value]),
    ),
    params: toRecord(data['params']),
    tags: toTags(data['tags']),
    inputs: wireList(inputs['dataset_inputs']).map(toDatasetInput),
    modelInputs: wireList(inputs['model_inputs']).map((model) => wireText(model['model_id'])),
    modelOutputs: wireList(outputs['model_outputs']).map(toModelOutput),
  };
}

function toRunInfo(info: Wire): RunInfo {
  const endTime = wireInteger(info['end_time']);
  return {
    runId: wireText(info['run_id']),
    runName: wireText(info['run_name']),
    experimentId: wireText(info['experiment_id']),
    userId: wireText(info['user_id']),
    status: wireText(info['status']) as RunStatus,
    startTime: wireInteger(info['start_time']),
    ...(endTime !== 0 && { endTime }),
    artifactUri: wireText(info['artifact_uri']),
    lifecycleStage: wireText(info['lifecycle_stage']) as LifecycleStage,
  };
}

function toModelOutput(wire: Wire): ModelOutput {
  return { modelId: wireText(wire['model_id']), step: wireInteger(wire['step']) };
}
