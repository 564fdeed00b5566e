import type { Metric } from '../src/api/metrics.js';
import type { MlflowClient } from '../src/api/mlflow-client.js';

// Everything that YAML, a file name or a filter could spoil.
const awkward = 'line\n\n  "quoted" \'single\': # no comment \\ \u2028 \x85 😀 ü - [x] {y}\t';

/** Writes something of every kind: what a move to another store could lose. */
export async function fillStore(client: MlflowClient): Promise<void> {
  const experimentId = await client.createExperiment({ name: 'wells', tags: { note: awkward } });
  const parent = await startRun(client, experimentId, 'parent', {});
  const child = await startRun(client, experimentId, 'child', { 'mlflow.parentRunId': parent });
  await logMetrics(client, parent);
  await client.logBatch(parent, { params: { lr: '0.1', empty: '', note: awkward }, tags: { 'a/b': awkward } });
  await client.logInputs(parent, [
    {
      name: 'd: x',
      digest: '1e5',
      sourceType: 'local',
      source: `runs:/${child}/data`,
      schema: '{"a": 1}',
      context: 'training',
    },
  ]);
  const modelId = await logModel(client, experimentId, parent);
  await client.logInputs(child, [], [modelId]);
  await client.artifacts({ runId: child }).upload('deep/er/file ü.bin', new Uint8Array([0, 1, 255]));
  await client.uploadArtifact(child, 'empty.txt', '');
  await recordModel(client, child);
  await client.updateRun(parent, { status: 'FINISHED', endTime: 9000 });
  await client.updateRun(child, { status: 'KILLED', endTime: 9001 });
  await fillRegistry(client, { parent, child, modelId });
  const gone = await startRun(client, experimentId, 'gone', {});
  await client.logBatch(gone, { metrics: [{ key: 'loss', value: 1, timestamp: 1, step: 1 }], params: { a: 'b' } });
  await client.updateRun(gone, { status: 'FAILED', endTime: 10 });
  await client.deleteRun(gone);
}

async function startRun(
  client: MlflowClient,
  experimentId: string,
  runName: string,
  tags: Record<string, string>,
): Promise<string> {
  return (await client.createRun({ experimentId, runName, startTime: runName === 'parent' ? 2000 : 1000, tags })).runId;
}

async function logMetrics(client: MlflowClient, runId: string): Promise<void> {
  const values = [NaN, Infinity, -Infinity, 1e-7, 0.1, -3];
  const metrics = values.map((value, step): Metric => ({ key: 'val/loss', value, timestamp: 5 * step, step }));
  await client.logBatch(runId, { metrics });
  const many = Array.from({ length: 1200 }, (_, step): Metric => ({
    key: 'many',
    value: Math.sin(step),
    timestamp: step,
    step,
  }));
  await client.logBatch(runId, { metrics: many });
}

async function logModel(client: MlflowClient, experimentId: string, runId: string): Promise<string> {
  const { modelId } = await client.createLoggedModel({
    experimentId,
    name: 'tiny',
    modelType: 'onnx',
    sourceRunId: runId,
    params: { depth: '3' },
    tags: { color: awkward },
  });
  await client.artifacts({ modelId }).upload('model.onnx', 'onnx');
  await client.artifacts({ modelId }).upload('MLmodel', JSON.stringify({ run_id: runId, model_uuid: modelId }));
  await client.logOutputs(runId, [{ modelId, step: 3 }]);
  await client.logBatch(runId, {
    metrics: [
      { key: 'rmse', value: 0.5, timestamp: 7, step: 3, modelId, datasetName: 'd: x', datasetDigest: '1e5' },
      { key: 'mae', value: 0.25, timestamp: 7, step: 3, modelId },
    ],
  });
  await client.finalizeLoggedModel(modelId, 'READY');
  return modelId;
}

async function recordModel(client: MlflowClient, runId: string): Promise<void> {
  const mlmodel = {
    artifact_path: 'model',
    run_id: runId,
    utc_time_created: '2026-01-02 03:04:05.678000',
    model_uuid: '0123456789abcdef0123456789abcdef',
    flavors: { onnx: { data: 'model.onnx' } },
  };
  await client.uploadArtifact(runId, 'model/MLmodel', JSON.stringify(mlmodel));
  await client.uploadArtifact(runId, 'model/model.onnx', 'onnx');
  await client.recordModel(runId, mlmodel);
}

interface Filled {
  readonly parent: string;
  readonly child: string;
  readonly modelId: string;
}

/** Versions 1, 3 and 5 of one model, without 2 and 4; a second model without versions. */
async function fillRegistry(client: MlflowClient, { parent, child, modelId }: Filled): Promise<void> {
  await client.createRegisteredModel({ name: 'wells', description: awkward, tags: { team: 'a' } });
  await client.createRegisteredModel({ name: 'empty' });
  const fromRun = { name: 'wells', source: `runs:/${child}/model`, runId: child, tags: { digest: '1e5' } };
  for (let n = 1; n <= 4; n++) await client.createModelVersion({ ...fromRun, description: `version ${n}` });
  await client.createModelVersion({ name: 'wells', source: `models:/${modelId}`, runId: parent, modelId });
  await client.deleteModelVersion('wells', '2');
  await client.deleteModelVersion('wells', '4');
  await client.transitionModelVersionStage('wells', '1', 'Archived', false);
  await client.transitionModelVersionStage('wells', '3', 'Production', false);
  await client.setRegisteredModelAlias('wells', 'champion', '3');
  await client.setRegisteredModelAlias('wells', 'challenger', '5');
}
