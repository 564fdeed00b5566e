import type { LoggedModel } from '../api/logged-models.js';
import { exportArtifacts } from './export-artifacts.js';
import { exportedTags, isComplete, originTags, type ExportContext } from './export-context.js';
import type { ExportedExperiment } from './export-experiments.js';
import type { ModelPoints } from './model-points.js';

/** A server keeps it by itself. */
const versionsTag = 'mlflow.modelVersions';

/** A logged model of the new store that is still to be filled. */
export interface StartedModel {
  readonly source: LoggedModel;
  readonly modelId: string;
  readonly isResumed: boolean;
}

/** Makes every logged model that the new store lacks, without files; its runs are there. Gives those that are not complete. */
export async function beginModels(
  context: ExportContext,
  { source: experiment, experimentId }: ExportedExperiment,
  points: ModelPoints,
): Promise<StartedModel[]> {
  if (!context.hasLoggedModels) return [];
  const present = await presentModels(context, experimentId);
  const started: StartedModel[] = [];
  for await (const source of context.from.searchLoggedModels({ experimentIds: [experiment.experimentId] })) {
    const known = present.get(source.modelId);
    const modelId = known?.modelId ?? (await begin(context, experimentId, source));
    context.ids.set(source.modelId, modelId);
    points.add(source.modelId, source.metrics);
    if (known !== undefined && isComplete(known.tags)) context.recorder.addPresent({ loggedModels: 1 });
    else started.push({ source, modelId, isResumed: known !== undefined });
  }
  return started;
}

async function presentModels({ to }: ExportContext, experimentId: string): Promise<Map<string, LoggedModel>> {
  const present = new Map<string, LoggedModel>();
  for await (const model of to.searchLoggedModels({ experimentIds: [experimentId] })) {
    const origin = model.tags[originTags.model];
    if (origin !== undefined) present.set(origin, model);
  }
  return present;
}

async function begin({ to, ids }: ExportContext, experimentId: string, source: LoggedModel): Promise<string> {
  const { modelId, name, modelType, sourceRunId, params } = source;
  const made = await to.createLoggedModel({
    experimentId,
    name,
    params,
    tags: { [originTags.model]: modelId },
    ...(modelType !== '' && { modelType }),
    ...(sourceRunId !== '' && { sourceRunId: ids.map(sourceRunId) }),
  });
  return made.modelId;
}

/** Brings files, tags and status; the tag that says so comes last. */
export async function fillModel(context: ExportContext, { source, modelId, isResumed }: StartedModel): Promise<void> {
  const { to, recorder } = context;
  await exportArtifacts(context, { from: { modelId: source.modelId }, to: { modelId }, isResumed });
  if (source.status !== 'PENDING') await to.finalizeLoggedModel(modelId, source.status);
  const tags = exportedTags(context, source.tags, [versionsTag]);
  await to.setLoggedModelTags(modelId, { ...tags, [originTags.export]: 'complete' });
  recorder.add({ loggedModels: 1 });
  recorder.tell('loggedModel', source.name);
}
