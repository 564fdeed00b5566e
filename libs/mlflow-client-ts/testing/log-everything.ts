import type { Metric } from '../src/api/metrics.js';
import type { MlflowClient } from '../src/api/mlflow-client.js';
import type { MlmodelJson } from '../src/model/mlmodel.js';
import { openRunLog, type RunLogOptions } from '../src/spool/open-run-log.js';
import type { RunLog } from '../src/spool/run-log.js';

/** How the runs are spooled. */
export interface LogEverythingOptions extends RunLogOptions {
  /** Whether one point is logged four times: a SQL store keeps one of them. @default true */
  readonly repeatsPoints?: boolean;
  /** How the first model is logged; the second one always lies among the artifacts. @default a logged model */
  readonly layout?: 'runArtifacts';
}

/** Spools a run with everything that can be logged, and one nested in it. */
export async function logEverything(client: MlflowClient, options: LogEverythingOptions): Promise<RunLog[]> {
  const parent = await begin(client, 'parent', options, { kind: 'test' });
  const child = await begin(client, 'child', options, { 'mlflow.parentRunId': parent.runId });
  logValues(parent, options.repeatsPoints ?? true);
  parent.append({
    type: 'logInputs',
    datasets: [{ name: 'd', digest: '1', sourceType: 'local', source: '{}', context: 'training' }],
  });
  logModels(parent, options);
  child.append({ type: 'logBatch', batch: { params: { source: `runs:/${parent.runId}/model` } } });
  parent.append({ type: 'updateRun', update: { status: 'FINISHED', endTime: 20 } });
  child.append({ type: 'updateRun', update: { status: 'FAILED', endTime: 21 } });
  return [parent, child];
}

function begin(
  client: MlflowClient,
  runName: string,
  options: RunLogOptions,
  tags: Readonly<Record<string, string>>,
): Promise<RunLog> {
  return openRunLog(client, { type: 'beginRun', experimentName: 'wells', runName, startTime: 5, tags }, options);
}

function logValues(log: RunLog, repeatsPoints: boolean): void {
  const point = (step: number): Metric => ({ key: 'loss', value: step === 2 ? NaN : step, timestamp: step, step });
  const repeated = repeatsPoints ? [point(7)] : [];
  log.append({ type: 'logBatch', batch: { metrics: [point(0), point(1)], params: { lr: '0.1' } } });
  log.append({ type: 'logBatch', batch: { metrics: [point(2), point(7), ...repeated], tags: { a: '1' } } });
  log.append({ type: 'logBatch', batch: { metrics: repeated, tags: { a: '2', gone: 'x' } } });
  log.append({ type: 'deleteTag', key: 'gone' });
  log.append({ type: 'logBatch', batch: { metrics: repeated } });
}

function logModels(log: RunLog, { layout }: LogEverythingOptions): void {
  const placed = layout !== undefined && { layout };
  const described = { utc_time_created: '2026-01-01 00:00:00.000000', flavors: { onnx: { data: 'model.onnx' } } };
  const ids = { run_id: log.runId, artifact_path: 'm', model_uuid: '0123456789abcdef0123456789abcdef' };
  const mlmodel: MlmodelJson = { ...described, ...ids };
  log.append({ type: 'uploadArtifact', path: 'a/b.txt', blob: log.putBlob('hello') });
  log.append({ type: 'recordModel', mlmodel });
  log.append({ type: 'uploadArtifact', path: 'm/MLmodel', blob: log.putBlob(`run_id: ${log.runId}\n`) });
  const files = { 'model.onnx': log.putBlob('onnx') };
  const register = { name: 'wells', description: 'd', tags: { t: '1' }, aliases: ['champion'] };
  log.append({ type: 'logModel', name: 'main', files, mlmodel: described, step: 3, register, ...placed });
  log.append({ type: 'logModel', name: 'old', files, mlmodel: described, layout: 'runArtifacts', register });
}

/** Waits until the store has everything, however often it cannot be used in between. */
export async function drainAll(logs: readonly RunLog[]): Promise<void> {
  for (let isDone = false; !isDone;) isDone = (await Promise.all(logs.map((log) => log.drain()))).every(Boolean);
}
