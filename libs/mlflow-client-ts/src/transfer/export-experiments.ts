import type { Experiment } from '../api/experiments.js';
import { invalidValue } from '../faults.js';
import type { ExportContext } from './export-context.js';

/** An experiment, and the one it becomes. */
export interface ExportedExperiment {
  readonly source: Experiment;
  readonly experimentId: string;
}

/** Makes every experiment that the new store lacks. One whose original is deleted and that is deleted there as well has been exported. */
export async function exportExperiments(context: ExportContext): Promise<ExportedExperiment[]> {
  const { from, recorder, includeDeleted } = context;
  const exported: ExportedExperiment[] = [];
  const viewType = includeDeleted ? 'ALL' : 'ACTIVE_ONLY';
  for await (const source of from.searchExperiments({ viewType, orderBy: ['name ASC'] })) {
    const experimentId = await exportExperiment(context, source);
    if (experimentId === undefined) continue;
    exported.push({ source, experimentId });
    recorder.tell('experiment', source.name);
  }
  return exported;
}

async function exportExperiment({ to, recorder }: ExportContext, source: Experiment): Promise<string | undefined> {
  const { name, tags, lifecycleStage } = source;
  const known = await to.findExperimentByName(name);
  if (known?.lifecycleStage === 'deleted') {
    if (lifecycleStage === 'deleted') return undefined;
    throw invalidValue(
      `Cannot export experiment "${name}": the store has a deleted one of that name; restore it, or have it deleted for good`,
      { name },
    );
  }
  if (known === undefined) recorder.add({ experiments: 1 });
  const experimentId = known?.experimentId ?? (await to.ensureExperiment(name));
  for (const [key, value] of Object.entries(tags)) {
    if (known?.tags[key] !== value) await to.setExperimentTag(experimentId, key, value);
  }
  return experimentId;
}

/** Deletes what is deleted in the old store, when all else is done: a deleted experiment takes nothing any more. */
export async function deleteExperiments(
  { to }: ExportContext,
  experiments: readonly ExportedExperiment[],
): Promise<void> {
  for (const { source, experimentId } of experiments) {
    if (source.lifecycleStage === 'deleted') await to.deleteExperiment(experimentId);
  }
}
