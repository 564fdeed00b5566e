import { join } from 'node:path';
import type { RegisteredModel } from '../api/registered-models.js';
import { notFound } from '../faults.js';
import { modelFolder, modelsFolder } from './layout.js';
import { listFolders } from './list-folders.js';
import { metaNumber, metaText, readMetaSync, writeMeta, type Meta } from './meta.js';
import type { StoreContext } from './store-context.js';
import { readValuesSync } from './value-files.js';

/** A registered model on disk. Its name is that of its folder, also when a crash has left another in its description. */
export interface ModelOnDisk {
  readonly name: string;
  readonly path: string;
  readonly meta: Meta;
}

/** A registered model, or `undefined` when there is none. */
export function findModel({ root }: Pick<StoreContext, 'root'>, name: string): ModelOnDisk | undefined {
  const path = modelFolder(root, name);
  const meta = readMetaSync(path);
  return meta && { name, path, meta };
}

/** A registered model that must be there. */
export function openModel(context: StoreContext, name: string): ModelOnDisk {
  const model = findModel(context, name);
  if (model !== undefined) return model;
  throw notFound(`Cannot find registered model "${name}": there is none in "${context.root}"; register it first`, {
    name,
  });
}

/** Every registered model, by name. */
export function listModels(context: StoreContext): ModelOnDisk[] {
  return listFolders(modelsFolder(context.root))
    .filter((name) => !name.startsWith('.'))
    .map((name) => findModel(context, name))
    .filter((model) => model !== undefined);
}

/** Everything that is kept about a registered model. */
export function readModel({ name, path, meta }: ModelOnDisk): RegisteredModel {
  return {
    name,
    description: metaText(meta, 'description'),
    creationTimestamp: metaNumber(meta, 'creation_timestamp'),
    lastUpdatedTimestamp: metaNumber(meta, 'last_updated_timestamp'),
    tags: readValuesSync(path, 'tags'),
    aliases: readAliases(path),
  };
}

/** Alias to version number. */
export function readAliases(path: string): Record<string, string> {
  const entries = Object.entries(readValuesSync(path, 'aliases'));
  return Object.fromEntries(entries.map(([alias, version]) => [alias, version.trim()]));
}

/** Changes a registered model under the lock of the registry, and its time of change with it. */
export async function changeModel<T>(
  context: StoreContext,
  name: string,
  work: (model: ModelOnDisk) => Promise<T>,
): Promise<T> {
  openModel(context, name); // an unknown one needs no lock
  return inRegistry(context, async () => {
    const model = openModel(context, name);
    await completeRename(context, model);
    const result = await work(model);
    const { meta } = openModel(context, name);
    await writeMeta(context.files, model.path, { ...meta, last_updated_timestamp: context.now() });
    return result;
  });
}

/** Does work while nobody else changes the registry: it changes seldom, and models move in it. */
export function inRegistry<T>(context: StoreContext, work: () => Promise<T>): Promise<T> {
  return context.locks.run(modelsFolder(context.root), work);
}

/** Writes the name of its folder into a model and its versions, where it is another: MLflow goes by what they say. */
export async function completeRename({ files }: StoreContext, { name, path, meta }: ModelOnDisk): Promise<void> {
  if (metaText(meta, 'name') === name) return;
  for (const folder of listFolders(path).filter((each) => each.startsWith('version-'))) {
    const version = readMetaSync(join(path, folder));
    if (version !== undefined) await writeMeta(files, join(path, folder), { ...version, name });
  }
  await writeMeta(files, path, { ...meta, name });
}
