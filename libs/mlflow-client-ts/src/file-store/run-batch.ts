import type { Metric } from '../api/metrics.js';
import type { RunBatch } from '../api/runs.js';
import { invalidValue } from '../faults.js';
import { metaText, writeMeta } from './meta.js';
import { appendPoints } from './metric-file.js';
import type { RunFolder } from './run-folder.js';
import { readValue, writeValue } from './value-files.js';

/** Writes params, then metrics, then tags, under the lock of the run. Params are checked before anything is written. */
export async function writeBatch(folder: RunFolder, { metrics = [], params = {}, tags = {} }: RunBatch): Promise<void> {
  const newParams = await withoutKnownParams(folder, params);
  for (const param of newParams) await writeValue(folder.path, 'params', param);
  for (const [key, points] of byKey(metrics)) await appendPoints(folder.path, key, points);
  for (const tag of Object.entries(tags)) await writeValue(folder.path, 'tags', tag);
  const runName = tags['mlflow.runName'];
  if (runName !== undefined) await writeMeta(folder.path, { ...folder.meta, run_name: runName });
}

async function withoutKnownParams(
  { path, meta }: RunFolder,
  params: Readonly<Record<string, string>>,
): Promise<[string, string][]> {
  const unknown: [string, string][] = [];
  for (const [key, value] of Object.entries(params)) {
    const known = await readValue(path, 'params', key);
    if (known === undefined) unknown.push([key, value]);
    else if (known !== value) {
      throw invalidValue(
        `Cannot log param "${key}" of run "${metaText(meta, 'run_id')}" as ${JSON.stringify(value)}: it is already ${JSON.stringify(known)}, and params are immutable; use another key or another run`,
        { key, known, value },
      );
    }
  }
  return unknown;
}

function byKey(metrics: readonly Metric[]): Map<string, Metric[]> {
  const groups = new Map<string, Metric[]>();
  for (const metric of metrics) groups.set(metric.key, [...(groups.get(metric.key) ?? []), metric]);
  return groups;
}
