import { existsSync } from 'node:fs';
import type { CreateRegisteredModel } from '../api/registered-models.js';
import { invalidValue } from '../faults.js';
import { ensureStore } from './create-experiment.js';
import { modelFolder } from './layout.js';
import { readMetaSync, writeMeta } from './meta.js';
import { completeRename, findModel, inRegistry, openModel } from './registered-model-folder.js';
import type { StoreContext } from './store-context.js';
import { taken } from './taken.js';
import { writeValues } from './value-files.js';
import { withWorkFolder } from './work-folder.js';

/** Makes a registered model. It appears with its tags or not at all. */
export async function createModel(context: StoreContext, model: CreateRegisteredModel): Promise<void> {
  await ensureStore(context);
  assertFreeOfPercent(model.name);
  await inRegistry(context, async () => {
    await vacate(context, model.name, `create registered model "${model.name}"`);
    await makeModel(context, model);
  });
}

/** Makes a registered model unless there is one of that name. */
export async function ensureModel(context: StoreContext, name: string): Promise<void> {
  if (findModel(context, name) !== undefined) return;
  await ensureStore(context);
  assertFreeOfPercent(name);
  await inRegistry(context, async () => {
    if (findModel(context, name) === undefined) await makeModel(context, { name });
  });
}

/** Gives a registered model another name: the model, its versions, tags and aliases move at once. */
export async function renameModel(context: StoreContext, name: string, newName: string): Promise<void> {
  openModel(context, name);
  assertFreeOfPercent(newName);
  if (newName === name) return;
  await inRegistry(context, async () => {
    const { path, meta } = openModel(context, name);
    const newPath = modelFolder(context.root, newName);
    await vacate(context, newName, `rename registered model "${name}" to "${newName}"`);
    await context.files.rename(path, newPath);
    const moved = { name: newName, path: newPath, meta: { ...meta, last_updated_timestamp: context.now() } };
    await completeRename(context, moved);
  });
}

async function makeModel(
  context: StoreContext,
  { name, description, tags = {} }: CreateRegisteredModel,
): Promise<void> {
  const { files, root } = context;
  const time = context.now();
  await withWorkFolder(context, async (path) => {
    await writeValues(files, path, 'tags', Object.entries(tags));
    await writeMeta(files, path, {
      creation_timestamp: time,
      description: description ?? null,
      last_updated_timestamp: time,
      name,
    });
    await files.rename(path, modelFolder(root, name));
  });
}

/** Makes room for a model: a folder without a description is no model, but what is left of one. */
async function vacate({ files, root }: StoreContext, name: string, action: string): Promise<void> {
  const path = modelFolder(root, name);
  if (!existsSync(path)) return;
  if (readMetaSync(path) !== undefined) throw taken(`Cannot ${action}: there is one; choose another name`, { name });
  await files.remove(path);
}

function assertFreeOfPercent(name: string): void {
  if (!name.includes('%')) return;
  throw invalidValue(`Cannot use "${name}" as name of a registered model: a file store allows no "%"`, { name });
}
