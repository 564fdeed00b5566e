import type { Run } from '../api/runs.js';
import { exportArtifacts } from './export-artifacts.js';
import { exportedTags, isComplete, originTags, type ExportContext } from './export-context.js';
import type { ExportedExperiment } from './export-experiments.js';
import { exportMetrics } from './export-metrics.js';
import type { ModelPoints } from './model-points.js';
import { exportRecordedModels, recordedModelsTag } from './recorded-models.js';

/** Makes every run that the new store lacks, empty: runs refer to one another, so all ids are needed first. Gives those that are not complete. */
export async function beginRuns(context: ExportContext, experiment: ExportedExperiment): Promise<StartedRun[]> {
  const { from, to, ids, recorder } = context;
  const present = await presentRuns(context, experiment.experimentId);
  const started: StartedRun[] = [];
  for await (const source of from.searchRuns({
    experimentIds: [experiment.source.experimentId],
    viewType: context.includeDeleted ? 'ALL' : 'ACTIVE_ONLY',
    orderBy: ['attributes.start_time ASC'],
  })) {
    const known = present.get(source.runId);
    const runId = known?.runId ?? (await begin(context, experiment.experimentId, source));
    ids.set(source.runId, runId);
    if (known === undefined || !isComplete(known.tags))
      started.push({ sourceId: source.runId, runId, isResumed: known !== undefined });
    else recorder.addPresent({ runs: 1 });
    if (known !== undefined && isComplete(known.tags) && isToBeDeleted(source, known)) await to.deleteRun(runId);
  }
  return started;
}

/** A run of the new store that is still to be filled. */
export interface StartedRun {
  readonly sourceId: string;
  readonly runId: string;
  /** Whether an interrupted export may have filled a part of it. */
  readonly isResumed: boolean;
}

/** The same, with the original. */
export interface RunTransfer extends StartedRun {
  readonly source: Run;
}

async function presentRuns({ to }: ExportContext, experimentId: string): Promise<Map<string, Run>> {
  const filter = `tags.\`${originTags.run}\` LIKE '%'`;
  const present = new Map<string, Run>();
  for await (const run of to.searchRuns({ experimentIds: [experimentId], filter, viewType: 'ALL' })) {
    present.set(run.tags[originTags.run] ?? '', run);
  }
  return present;
}

async function begin({ to }: ExportContext, experimentId: string, source: Run): Promise<string> {
  const { runId, runName, startTime } = source;
  const name = runName !== '' && { runName };
  const made = await to.createRun({ experimentId, startTime, ...name, tags: { [originTags.run]: runId } });
  return made.runId;
}

function isToBeDeleted(source: Run, target: Run): boolean {
  return source.lifecycleStage === 'deleted' && target.lifecycleStage === 'active';
}

/** Fills a run, in the order in which it was lived; the tag that says so comes last. */
export async function fillRun(context: ExportContext, started: StartedRun, modelPoints: ModelPoints): Promise<void> {
  const { to, recorder } = context;
  const source = await context.from.getRun(started.sourceId); // a search on a server leaves the model inputs out
  const run: RunTransfer = { ...started, source };
  const { runId } = run;
  await to.logBatch(runId, { params: source.params });
  await exportMetrics(context, { ...run, modelPoints });
  await exportInputs(context, run);
  await exportArtifacts(context, { from: { runId: source.runId }, to: { runId }, isResumed: run.isResumed });
  await to.logBatch(runId, { tags: exportedTags(context, source.tags, [recordedModelsTag]) });
  await exportRecordedModels(context, run);
  await endRun(context, run);
  // What still runs gets the rest by a later export.
  if (isFinal(source)) await to.setTag(runId, originTags.export, 'complete');
  if (source.lifecycleStage === 'deleted') await to.deleteRun(runId);
  recorder.add({ runs: 1 });
  recorder.tell('run', source.runName);
}

function isFinal({ status }: Run): boolean {
  return status === 'FINISHED' || status === 'FAILED' || status === 'KILLED';
}

async function exportInputs(
  { to, ids, hasLoggedModels }: ExportContext,
  { source, runId }: RunTransfer,
): Promise<void> {
  const datasets = source.inputs.map((dataset) => ({ ...dataset, source: ids.map(dataset.source) }));
  if (!hasLoggedModels) return datasets.length > 0 ? to.logInputs(runId, datasets) : undefined;
  const { modelInputs, modelOutputs } = await to.getRun(runId);
  const missingInputs = source.modelInputs.map((id) => ids.map(id)).filter((id) => !modelInputs.includes(id));
  if (datasets.length + missingInputs.length > 0) await to.logInputs(runId, datasets, missingInputs);
  const outputs = source.modelOutputs.map(({ modelId, step }) => ({ modelId: ids.map(modelId), step }));
  const missing = outputs.filter(({ modelId }) => !modelOutputs.some((each) => each.modelId === modelId));
  if (missing.length > 0) await to.logOutputs(runId, missing);
}

async function endRun({ to }: ExportContext, { source, runId }: RunTransfer): Promise<void> {
  const { status, endTime } = source;
  if (status === 'RUNNING' && endTime === undefined) return;
  // An end without a time would be taken for now.
  await to.updateRun(runId, { status, endTime: endTime ?? source.startTime });
}
