import type { Metric } from '../api/metrics.js';
import type { RunBatch } from '../api/runs.js';
import { invalidValue } from '../faults.js';
import { openLoggedModel } from './logged-model-folder.js';
import { metaText, writeMeta } from './meta.js';
import { appendModelPoints, appendPoints } from './metric-file.js';
import type { RunFolder } from './run-folder.js';
import type { StoreContext } from './store-context.js';
import { assertKeyFits, readValueSync, writeValues } from './value-files.js';

/**
 * Writes params, then metrics, then tags, under the lock of the run. Keys, params, and the logged models that metrics name, are checked before
 * anything is written.
 */
export async function writeBatch(
  context: StoreContext,
  run: RunFolder,
  { metrics = [], params = {}, tags = {} }: RunBatch,
): Promise<void> {
  const { files } = context;
  const pointsByKey = byKey(metrics);
  assertKeysFit({ params: Object.keys(params), metrics: [...pointsByKey.keys()], tags: Object.keys(tags) });
  const newParams = Object.entries(params).filter(([key, value]) => isNewParam(run, key, value));
  const modelIds = new Set(metrics.map(({ modelId }) => modelId).filter((modelId) => modelId !== undefined));
  for (const modelId of modelIds) openLoggedModel(context, modelId);

  await writeValues(files, run.path, 'params', newParams);
  for (const [key, points] of pointsByKey) await appendPoints(files, run.path, key, points);
  for (const modelId of modelIds) await writeModelMetrics(context, run, modelId, metrics);
  await writeValues(files, run.path, 'tags', Object.entries(tags));
  const runName = tags['mlflow.runName'];
  if (runName !== undefined) await writeMeta(files, run.path, { ...run.meta, run_name: runName });
}

function assertKeysFit(keys: Readonly<Record<'params' | 'metrics' | 'tags', readonly string[]>>): void {
  for (const key of keys.params) assertKeyFits('params', key);
  for (const key of keys.metrics) assertKeyFits('metrics', key);
  for (const key of keys.tags) assertKeyFits('tags', key);
}

function isNewParam({ path, meta }: RunFolder, key: string, value: string): boolean {
  const known = readValueSync(path, 'params', key);
  if (known === undefined || known === value) return known === undefined;
  throw invalidValue(
    `Cannot log param "${key}" of run "${metaText(meta, 'run_id')}" as ${JSON.stringify(value)}: it is already ${JSON.stringify(known)}, and params are immutable; use another key or another run`,
    { key, known, value },
  );
}

async function writeModelMetrics(
  context: StoreContext,
  { meta }: RunFolder,
  modelId: string,
  metrics: readonly Metric[],
): Promise<void> {
  const { path } = openLoggedModel(context, modelId);
  const runId = metaText(meta, 'run_id');
  const points = metrics.filter((metric) => metric.modelId === modelId).map((metric) => ({ ...metric, runId }));
  await context.locks.run(path, async () => {
    for (const [key, group] of byKey(points)) await appendModelPoints(context.files, path, key, group);
  });
}

function byKey<T extends Metric>(metrics: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const metric of metrics) {
    const group = groups.get(metric.key);
    if (group === undefined) groups.set(metric.key, [metric]);
    else group.push(metric);
  }
  return groups;
}
