import { join, relative } from 'node:path';
import { invalidValue } from '../faults.js';
import type { ExperimentFolder } from './experiment-folder.js';
import { trashFolder } from './layout.js';
import { metaText, readMetaSync } from './meta.js';
import type { StoreContext } from './store-context.js';

/**
 * Makes something in an experiment, and refuses it when the experiment was deleted meanwhile: parts may lie where it was, and it may not have been
 * there yet when the runs were marked. A deletion marks the experiment first, so that what is complete before is marked with it, and moves with it.
 */
export async function makeInExperiment(
  context: StoreContext,
  experiment: ExperimentFolder,
  made: string,
  make: () => Promise<void>,
): Promise<void> {
  try {
    await make();
  } finally {
    await confirm(context, experiment, made); // of a failure in between the deletion is the cause
  }
}

async function confirm({ root, files }: StoreContext, { id, path }: ExperimentFolder, made: string): Promise<void> {
  const meta = readMetaSync(path);
  if (meta !== undefined && metaText(meta, 'lifecycle_stage') !== 'deleted') return;
  await files.remove(made);
  await files.remove(join(root, trashFolder, relative(root, made)));
  throw invalidValue(`Cannot write to experiment "${id}": it was deleted meanwhile; restore it`, { experimentId: id });
}
