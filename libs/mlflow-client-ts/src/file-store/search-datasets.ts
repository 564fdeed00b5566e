import type { DatasetSummary } from '../api/runs.js';
import { findExperiment } from './experiment-folder.js';
import { listRunFolders } from './run-folder.js';
import { readInputs } from './run-inputs.js';
import type { StoreContext } from './store-context.js';

const most = 1000; // as MLflow

/** The datasets in the runs of some experiments, each once per context. */
export function searchDatasets(context: StoreContext, experimentIds: readonly string[]): DatasetSummary[] {
  const found = new Map<string, DatasetSummary>();
  for (const experimentId of new Set(experimentIds)) {
    const experiment = findExperiment(context, experimentId);
    for (const run of experiment === undefined ? [] : listRunFolders(experiment.path)) {
      for (const { name, digest, context: use } of readInputs(run).inputs) {
        const summary = { experimentId, name, digest, ...(use !== undefined && { context: use }) };
        found.set(JSON.stringify(summary), summary);
        if (found.size === most) return [...found.values()];
      }
    }
  }
  return [...found.values()];
}
