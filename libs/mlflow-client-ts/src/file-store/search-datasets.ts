import type { DatasetSummary } from '../api/runs.js';
import { findExperiment } from './experiment-folder.js';
import { listRunFolders, type RunFolder } from './run-folder.js';
import { readInputs } from './run-inputs.js';
import type { StoreContext } from './store-context.js';

const most = 1000; // as MLflow

/** The datasets in the runs of some experiments, each once per use. */
export function searchDatasets(context: StoreContext, experimentIds: readonly string[]): DatasetSummary[] {
  const found = new Map<string, DatasetSummary>();
  for (const summary of datasetsOf(context, experimentIds)) {
    found.set(JSON.stringify(summary), summary);
    if (found.size === most) break;
  }
  return [...found.values()];
}

function* datasetsOf(context: StoreContext, experimentIds: readonly string[]): Generator<DatasetSummary> {
  for (const experimentId of new Set(experimentIds)) {
    const experiment = findExperiment(context, experimentId);
    if (experiment === undefined) continue;
    for (const run of listRunFolders(experiment.path)) yield* datasetsOfRun(experimentId, run);
  }
}

function datasetsOfRun(experimentId: string, run: RunFolder): DatasetSummary[] {
  return readInputs(run).inputs.map(({ name, digest, context }) => ({
    experimentId,
    name,
    digest,
    ...(context !== undefined && { context }),
  }));
}
