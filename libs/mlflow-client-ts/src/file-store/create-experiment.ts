import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CreateExperiment } from '../api/experiments.js';
import { absoluteUri } from './artifact-uri.js';
import { experimentFolders, experimentIn, stageOf, type ExperimentOnDisk } from './experiment-folder.js';
import { modelsFolder, trashFolder } from './layout.js';
import { metaText, writeMeta } from './meta.js';
import type { StoreContext } from './store-context.js';
import { taken } from './taken.js';
import { writeValues } from './value-files.js';

/** Makes the folder of the store with the experiment `Default`, as MLflow does, when there is none. */
export async function ensureStore(context: StoreContext): Promise<void> {
  const { root, files } = context;
  if (existsSync(modelsFolder(root))) return;
  await context.locks.run(root, async () => {
    if (experimentFolders(context).length === 0) await makeExperiment(context, '0', { name: 'Default' });
    await files.makeFolder(join(root, trashFolder));
    await files.makeFolder(modelsFolder(root));
  });
}

/** Makes an experiment under the lock of the store. Its name must not be taken, not even by a deleted one. */
export async function createExperiment(context: StoreContext, experiment: CreateExperiment): Promise<string> {
  const known = experimentOfName(context, experiment.name);
  if (known === undefined) return makeExperiment(context, nextId(context), experiment);
  const state =
    stageOf(known) === 'deleted' ? 'a deleted one has this name; restore that' : 'the name is taken; use it';
  throw taken(`Cannot create experiment "${experiment.name}": ${state} or choose another name`, {
    name: experiment.name,
    experimentId: known.id,
  });
}

/**
 * The experiment of a name, active or deleted. A damaged one may have had this name, so that only a found one proves anything then.
 *
 * @throws MlflowError MLFLOW_CORRUPT_STORE
 */
export function experimentOfName(context: StoreContext, name: string): ExperimentOnDisk | undefined {
  let damage: unknown;
  for (const folder of experimentFolders(context)) {
    try {
      const found = experimentIn(folder);
      if (found !== undefined && metaText(found.meta, 'name') === name) return found;
    } catch (error) {
      damage ??= error;
    }
  }
  if (damage !== undefined) throw damage as Error;
  return undefined;
}

/** The description comes last: a folder without one is no experiment. */
async function makeExperiment(
  { root, files, now }: StoreContext,
  experimentId: string,
  { name, artifactLocation, tags = {} }: CreateExperiment,
): Promise<string> {
  const folder = join(root, experimentId);
  const time = now();
  await files.makeFolder(folder);
  await writeValues(files, folder, 'tags', Object.entries(tags));
  await writeMeta(files, folder, {
    artifact_location: artifactLocation === undefined ? pathToFileURL(folder).href : absoluteUri(artifactLocation),
    creation_time: time,
    experiment_id: experimentId,
    last_update_time: time,
    lifecycle_stage: 'active',
    name,
  });
  return experimentId;
}

// Python's ids have up to 18 digits.
function nextId(context: StoreContext): string {
  const ids = experimentFolders(context)
    .map(({ id }) => id)
    .filter((id) => /^\d+$/.test(id));
  return String(ids.reduce((highest, id) => (BigInt(id) > highest ? BigInt(id) : highest), 0n) + 1n);
}
