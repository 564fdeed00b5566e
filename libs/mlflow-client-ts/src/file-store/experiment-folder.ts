import { join } from 'node:path';
import type { Experiment, LifecycleStage } from '../api/experiments.js';
import { invalidValue, notFound } from '../faults.js';
import { followedUri } from './artifact-uri.js';
import { trashFolder } from './layout.js';
import { metaNumber, metaText, readMetaSync, type Meta } from './meta.js';
import { listFolders } from './list-folders.js';
import type { StoreContext } from './store-context.js';
import { readValuesSync } from './value-files.js';

/** Where an experiment lies. */
export interface ExperimentFolder {
  readonly id: string;
  readonly path: string;
  readonly isInTrash: boolean;
}

/** An experiment with what its folder says of it. */
export interface ExperimentOnDisk extends ExperimentFolder {
  readonly meta: Meta;
}

const notExperiments: ReadonlySet<string> = new Set([trashFolder, 'models']);

/** Every folder that may be an experiment, the deleted ones last. */
export function experimentFolders({ root }: StoreContext): ExperimentFolder[] {
  const trash = join(root, trashFolder);
  return [
    ...listFolders(root)
      .filter((id) => !notExperiments.has(id))
      .map((id) => ({ id, path: join(root, id), isInTrash: false })),
    ...listFolders(trash).map((id) => ({ id, path: join(trash, id), isInTrash: true })),
  ];
}

/** Every experiment; a folder that says it is another one is ignored, as MLflow does. */
export function allExperiments(context: StoreContext): ExperimentOnDisk[] {
  return experimentFolders(context)
    .map(experimentIn)
    .filter((each) => each !== undefined);
}

/** An experiment, active or deleted. */
export function findExperiment({ root }: StoreContext, id: string): ExperimentOnDisk | undefined {
  if (notExperiments.has(id)) return undefined;
  const active = experimentIn({ id, path: join(root, id), isInTrash: false });
  return active ?? experimentIn({ id, path: join(root, trashFolder, id), isInTrash: true });
}

/** The experiment in a folder, if it is one. */
export function experimentIn(folder: ExperimentFolder): ExperimentOnDisk | undefined {
  const meta = readMetaSync(folder.path);
  return meta !== undefined && metaText(meta, 'experiment_id') === folder.id ? { ...folder, meta } : undefined;
}

/** An experiment, active or deleted, that must be there. */
export function getExperiment(context: StoreContext, experimentId: string): ExperimentOnDisk {
  const experiment = findExperiment(context, experimentId);
  if (experiment !== undefined) return experiment;
  throw notFound(`Cannot find experiment "${experimentId}": there is none in "${context.root}"; create it first`, {
    experimentId,
  });
}

/** An experiment that may be written to. */
export function openExperiment(context: StoreContext, experimentId: string): ExperimentOnDisk {
  const experiment = getExperiment(context, experimentId);
  if (stageOf(experiment) === 'active') return experiment;
  throw invalidValue(`Cannot write to experiment "${experimentId}": it is deleted; restore it`, { experimentId });
}

/** A crash while one is deleted or restored can leave the place and the description at odds: then it is deleted. */
export function stageOf({ isInTrash, meta }: ExperimentOnDisk): LifecycleStage {
  return isInTrash || metaText(meta, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active';
}

/** Where an experiment keeps its artifacts. */
export function artifactLocationOf({ path, meta }: ExperimentOnDisk): string {
  return followedUri(metaText(meta, 'artifact_location'), path, 1);
}

/** Everything that is kept about an experiment. */
export function readExperiment(experiment: ExperimentOnDisk): Experiment {
  const { id, path, meta } = experiment;
  return {
    experimentId: id,
    name: metaText(meta, 'name'),
    artifactLocation: artifactLocationOf(experiment),
    lifecycleStage: stageOf(experiment),
    creationTime: metaNumber(meta, 'creation_time'),
    lastUpdateTime: metaNumber(meta, 'last_update_time'),
    tags: readValuesSync(path, 'tags'),
  };
}
