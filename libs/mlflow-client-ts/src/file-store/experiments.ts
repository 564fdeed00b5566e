import { access, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Experiment, ExperimentMethods } from '../api/experiments.js';
import { invalidValue, notFound } from '../faults.js';
import { modelsFolder, trashFolder } from './layout.js';
import { metaText, readMeta, writeMeta, type Meta } from './meta.js';
import { orIfMissing } from '../fs/missing-file.js';
import type { StoreContext } from './store-context.js';
import { readValues } from './value-files.js';

/** The experiments of a file store. */
export function fileExperiments(context: StoreContext): ExperimentMethods {
  return {
    findExperimentByName: (name) => findByName(context, name),
    async ensureExperiment(name) {
      await ensureStore(context);
      const known = await findByName(context, name);
      if (known !== undefined) return usableId(known);
      return context.locks.run(context.root, async () => {
        const made = await findByName(context, name); // by another process, in the meantime
        return made === undefined ? createExperiment(context, await nextId(context), name) : usableId(made);
      });
    },
  };
}

/** Makes the folder of the store with the experiment `Default`, as MLflow does, when there is none. */
export async function ensureStore(context: StoreContext): Promise<void> {
  if (
    await orIfMissing(
      access(modelsFolder(context.root)).then(() => true),
      false,
    )
  )
    return;
  await context.locks.run(context.root, async () => {
    const isNew = (await experimentFolders(context)).length === 0;
    if (isNew) await createExperiment(context, '0', 'Default');
    await mkdir(join(context.root, trashFolder), { recursive: true });
    await mkdir(modelsFolder(context.root), { recursive: true });
  });
}

function usableId({ experimentId, name, lifecycleStage }: Experiment): string {
  if (lifecycleStage !== 'deleted') return experimentId;
  throw invalidValue(`Cannot use experiment "${name}": it is deleted; restore it or choose another name`, { name });
}

async function createExperiment({ root, now }: StoreContext, experimentId: string, name: string): Promise<string> {
  const folder = join(root, experimentId);
  await mkdir(folder, { recursive: true });
  await writeMeta(folder, {
    artifact_location: pathToFileURL(folder).href,
    creation_time: now(),
    experiment_id: experimentId,
    last_update_time: now(),
    lifecycle_stage: 'active',
    name,
  });
  return experimentId;
}

// Python's ids have up to 18 digits.
async function nextId(context: StoreContext): Promise<string> {
  const ids = (await experimentFolders(context)).map(({ id }) => id).filter((id) => /^\d+$/.test(id));
  return String(ids.reduce((highest, id) => (BigInt(id) > highest ? BigInt(id) : highest), 0n) + 1n);
}

/** Where an experiment lies. */
export interface ExperimentFolder {
  readonly id: string;
  readonly path: string;
}

/** Every experiment folder, the deleted ones last. */
export async function experimentFolders({ root }: StoreContext): Promise<ExperimentFolder[]> {
  const active = await subfolders(root);
  const deleted = await subfolders(join(root, trashFolder));
  return [...active.filter(({ id }) => id !== trashFolder && id !== 'models'), ...deleted];
}

async function subfolders(parent: string): Promise<ExperimentFolder[]> {
  const entries = await orIfMissing(readdir(parent, { withFileTypes: true }), []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ id: name, path: join(parent, name) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The folder and description of an experiment that may take new runs. */
export async function openExperiment(
  context: StoreContext,
  experimentId: string,
): Promise<{ path: string; meta: Meta }> {
  const folder = (await experimentFolders(context)).find(({ id }) => id === experimentId);
  const meta = folder && (await readMeta(folder.path));
  if (folder === undefined || meta === undefined) {
    throw notFound(`Cannot find experiment "${experimentId}": there is none in "${context.root}"; create it first`, {
      experimentId,
    });
  }
  if (metaText(meta, 'lifecycle_stage') !== 'active') {
    throw invalidValue(`Cannot write to experiment "${experimentId}": it is deleted; restore it`, { experimentId });
  }
  return { path: folder.path, meta };
}

async function findByName(context: StoreContext, name: string): Promise<Experiment | undefined> {
  for (const { id, path } of await experimentFolders(context)) {
    const meta = await readMeta(path);
    if (meta !== undefined && metaText(meta, 'name') === name)
      return toExperiment(id, meta, await readValues(path, 'tags'));
  }
  return undefined;
}

function toExperiment(experimentId: string, meta: Meta, tags: Record<string, string>): Experiment {
  return {
    experimentId,
    name: metaText(meta, 'name'),
    artifactLocation: metaText(meta, 'artifact_location'),
    lifecycleStage: metaText(meta, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active',
    tags,
  };
}
