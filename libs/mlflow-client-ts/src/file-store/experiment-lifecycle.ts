import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LifecycleStage } from '../api/experiments.js';
import { invalidValue, notFound } from '../faults.js';
import { inParallel } from '../fs/in-parallel.js';
import { findExperiment, stageOf, type ExperimentOnDisk } from './experiment-folder.js';
import { trashFolder } from './layout.js';
import { readMetaSync, writeMeta } from './meta.js';
import { listRunFolders } from './run-folder.js';
import { markRun } from './run-lifecycle.js';
import type { StoreContext } from './store-context.js';
import { taken } from './taken.js';

/** Deletes an experiment with its runs, under the lock of the store. A deletion that a crash has interrupted is completed. */
export async function deleteExperiment(context: StoreContext, experimentId: string): Promise<void> {
  const experiment = findExperiment(context, experimentId);
  if (experiment === undefined || experiment.isInTrash) throw noExperiment(experimentId, 'delete', 'active');
  if (experimentId === '0') {
    throw invalidValue('Cannot delete experiment "0": it is the default experiment, which MLflow keeps', {
      experimentId,
    });
  }
  await markExperiment(context, experiment, 'deleted'); // first: a run that is made from now on is refused
  await markRuns(context, experiment, 'deleted');
  await moveTo(context, experiment, join(context.root, trashFolder, experimentId));
}

/** Takes an experiment back with its runs, also those that were deleted before it, as MLflow does; under the lock of the store. */
export async function restoreExperiment(context: StoreContext, experimentId: string): Promise<void> {
  const experiment = findExperiment(context, experimentId);
  if (experiment === undefined || stageOf(experiment) === 'active') {
    throw noExperiment(experimentId, 'restore', 'deleted');
  }
  await markRuns(context, experiment, 'active');
  await markExperiment(context, experiment, 'active');
  if (experiment.isInTrash) await moveTo(context, experiment, join(context.root, experimentId));
}

function noExperiment(experimentId: string, action: string, stage: LifecycleStage): Error {
  return notFound(`Cannot ${action} experiment "${experimentId}": there is no ${stage} one; search the experiments`, {
    experimentId,
  });
}

/** After this no writer is at work in any of the runs that were active: each is marked under its lock. */
async function markRuns(context: StoreContext, { path }: ExperimentOnDisk, stage: LifecycleStage): Promise<void> {
  await inParallel(listRunFolders(path), 16, (run) => context.locks.run(run.path, () => markRun(context, run, stage)));
}

async function markExperiment(
  { files, now }: StoreContext,
  experiment: ExperimentOnDisk,
  stage: LifecycleStage,
): Promise<void> {
  await writeMeta(files, experiment.path, { ...experiment.meta, lifecycle_stage: stage, last_update_time: now() });
}

async function moveTo({ files }: StoreContext, { id, path }: ExperimentOnDisk, target: string): Promise<void> {
  if (existsSync(target)) {
    if (readMetaSync(target) !== undefined) {
      throw taken(`Cannot move experiment "${id}" to "${target}": there is another one; move that away first`, {
        target,
      });
    }
    await files.remove(target); // what is left of a run that was started while its experiment went
  }
  await files.makeFolder(dirname(target));
  await files.rename(path, target);
}
