import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MlflowClient } from '../api/mlflow-client.js';
import type { ExportContext } from './export-context.js';
import { deleteExperiments, exportExperiments } from './export-experiments.js';
import { beginModels, fillModel, type StartedModel } from './export-models.js';
import { exportRegistry } from './export-registry.js';
import { createRecorder, type ExportProgress, type ExportReport } from './export-report.js';
import { beginRuns, fillRun, type StartedRun } from './export-runs.js';
import { createIdMap } from './id-map.js';
import { createModelPoints } from './model-points.js';

/** What to export. */
export interface ExportOptions {
  /** Deleted experiments and runs too, which are deleted in the new store again. @default false */
  readonly includeDeleted?: boolean;
  readonly onProgress?: (progress: ExportProgress) => void;
}

/**
 * Replays a whole store to another one: experiments by name, runs with params, metric histories, tags, inputs, outputs and artifacts, logged
 * models, registered models with their versions under the same numbers, stages, aliases. What is there from an earlier export is not brought
 * again, so an interrupted export is completed by another one; two at once are not prevented. The new store makes new ids: the old ones stand in
 * the tags `mlflow-client-ts.origin…`, and sources, parents and `MLmodel` files name the new ones. Kept are the times of runs, not those of
 * experiments, logged models and versions; of the metrics of a logged model, the latest points. What the new store refuses is told as a problem.
 *
 * @example
 * ```ts
 * import { mkdtempSync, rmSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { exportStore, openMlflow } from 'mlflow-client-ts';
 * const root = mkdtempSync(join(tmpdir(), 'example-'));
 * const from = openMlflow({ trackingUri: `file:${root}/old` });
 * const { runId } = await from.createRun({ experimentId: await from.ensureExperiment('wells') });
 * await from.updateRun(runId, { status: 'FINISHED' });
 * const report = await exportStore(from, openMlflow({ trackingUri: `file:${root}/new` }));
 * rmSync(root, { recursive: true });
 * report.exported.runs; // => 1
 * ```
 */
export async function exportStore(
  from: MlflowClient,
  to: MlflowClient,
  { includeDeleted = false, onProgress }: ExportOptions = {},
): Promise<ExportReport> {
  const recorder = createRecorder(onProgress);
  const workFolder = await mkdtemp(join(tmpdir(), 'mlflow-export-'));
  try {
    const hasLoggedModels = await bothHaveModels(from, to);
    const base = { from, to, ids: createIdMap(), recorder, includeDeleted, hasLoggedModels, workFolder };
    await exportAll(base);
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
  return recorder.report();
}

async function bothHaveModels(from: MlflowClient, to: MlflowClient): Promise<boolean> {
  return (await from.capabilities()).hasLoggedModels && (await to.capabilities()).hasLoggedModels;
}

async function exportAll(context: ExportContext): Promise<void> {
  const { recorder } = context;
  const points = createModelPoints();
  const experiments = await exportExperiments(context);
  const runs: StartedRun[] = [];
  const models: StartedModel[] = [];
  // Runs and models name one another: all are made before any is filled.
  for (const experiment of experiments) runs.push(...(await beginRuns(context, experiment)));
  for (const experiment of experiments) models.push(...(await beginModels(context, experiment, points)));
  for (const run of runs) await recorder.attempt(`run "${run.sourceId}"`, () => fillRun(context, run, points));
  for (const model of models) {
    await recorder.attempt(`logged model "${model.source.modelId}"`, () => fillModel(context, model));
  }
  await exportRegistry(context);
  await deleteExperiments(context, experiments);
}
