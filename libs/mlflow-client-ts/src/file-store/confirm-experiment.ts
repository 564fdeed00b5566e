import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { invalidValue } from '../faults.js';
import type { ExperimentFolder } from './experiment-folder.js';
import { metaFile } from './layout.js';
import type { StoreContext } from './store-context.js';

/**
 * Refuses what was made in an experiment that was deleted meanwhile: its folder was moved, and parts may lie where it was. What is confirmed lies in
 * the experiment, and moves with it from now on.
 */
export async function confirmExperiment(
  { files }: StoreContext,
  { id, path }: ExperimentFolder,
  made: string,
): Promise<void> {
  if (existsSync(join(path, metaFile))) return;
  await files.remove(made);
  throw invalidValue(`Cannot write to experiment "${id}": it was deleted meanwhile; restore it`, { experimentId: id });
}
