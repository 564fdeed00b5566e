import type { LifecycleStage } from '../api/experiments.js';
import { writeMeta } from './meta.js';
import { findRunFolder, type RunFolder } from './run-folder.js';
import type { StoreContext } from './store-context.js';

/** Deletes or restores a run; one that is so already stays as it is. */
export async function changeRunStage(context: StoreContext, runId: string, stage: LifecycleStage): Promise<void> {
  const { path } = findRunFolder(context, runId);
  await context.locks.run(path, () => markRun(context, findRunFolder(context, runId), stage));
}

/** Writes the stage of a run, under its lock. */
export async function markRun({ files, now }: StoreContext, run: RunFolder, stage: LifecycleStage): Promise<void> {
  const isDeleted = stage === 'deleted';
  await writeMeta(files, run.path, { ...run.meta, lifecycle_stage: stage, deleted_time: isDeleted ? now() : null });
}
