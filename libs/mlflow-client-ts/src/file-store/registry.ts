import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RegisteredModel } from '../api/registered-models.js';
import { invalidValue, notFound } from '../faults.js';
import { ensureStore } from './experiments.js';
import { modelFolder, modelsFolder, versionFolder } from './layout.js';
import { metaNumber, metaText, readMeta, writeMeta, type Meta } from './meta.js';
import {
  createVersion,
  findVersion,
  listVersions,
  moveToStage,
  readVersion,
  type ModelOnDisk,
} from './model-versions.js';
import type { StoreContext } from './store-context.js';
import { readValue, readValues, writeValue } from './value-files.js';

/** The model registry of a file store. */
export function fileRegistry(context: StoreContext): RegistryMethods {
  const modelOf = (name: string): ModelOnDisk => ({ name, path: modelFolder(context.root, name), now: context.now });
  return {
    ensureRegisteredModel: (name) => ensureModel(context, name),
    async findRegisteredModel(name) {
      const { path } = modelOf(name);
      const meta = await readMeta(path);
      return meta === undefined ? undefined : toRegisteredModel(name, meta, path);
    },
    createModelVersion: (version) =>
      changeModel(context, version.name, () => createVersion(modelOf(version.name), version)),
    async getModelVersion(name, version) {
      await openModel(context, name);
      return readVersion(modelOf(name), version);
    },
    listModelVersions: (name) => listVersions(modelOf(name)),
    async findModelVersionByAlias(name, alias) {
      const version = await readValue(modelFolder(context.root, name), 'aliases', alias);
      return version === undefined ? undefined : findVersion(modelOf(name), version.trim());
    },
    setModelVersionTag: (name, version, key, value) =>
      changeModel(context, name, async () => {
        await readVersion(modelOf(name), version);
        await writeValue(versionFolder(context.root, name, version), 'tags', [key, value]);
      }),
    transitionModelVersionStage: (name, version, stage, archiveExisting) =>
      changeModel(context, name, () => moveToStage(modelOf(name), version, { stage, archiveExisting })),
    setRegisteredModelAlias: (name, alias, version) =>
      changeModel(context, name, async () => {
        await readVersion(modelOf(name), version);
        await writeValue(modelFolder(context.root, name), 'aliases', [alias, version]);
      }),
    deleteRegisteredModelAlias: (name, alias) =>
      changeModel(context, name, () => rm(join(modelFolder(context.root, name), 'aliases', alias), { force: true })),
  };
}

/** Changes a model under its lock, and its time of change with it. */
async function changeModel<T>(context: StoreContext, name: string, work: () => Promise<T>): Promise<T> {
  await openModel(context, name);
  const path = modelFolder(context.root, name);
  return context.locks.run(path, async () => {
    const result = await work();
    const meta = await openModel(context, name);
    await writeMeta(path, { ...meta, last_updated_timestamp: context.now() });
    return result;
  });
}

async function openModel({ root }: StoreContext, name: string): Promise<Meta> {
  const meta = await readMeta(modelFolder(root, name));
  if (meta !== undefined) return meta;
  throw notFound(`Cannot find registered model "${name}": there is none in "${root}"; register it first`, { name });
}

async function ensureModel(context: StoreContext, name: string): Promise<void> {
  if (name.includes('%')) {
    throw invalidValue(`Cannot use "${name}" as name of a registered model: a file store allows no "%"`, { name });
  }
  await ensureStore(context);
  const path = modelFolder(context.root, name);
  await context.locks.run(modelsFolder(context.root), async () => {
    if ((await readMeta(path)) !== undefined) return;
    await mkdir(path, { recursive: true });
    const now = context.now();
    await writeMeta(path, { creation_timestamp: now, description: null, last_updated_timestamp: now, name });
  });
}

async function toRegisteredModel(name: string, meta: Meta, path: string): Promise<RegisteredModel> {
  return {
    name,
    description: metaText(meta, 'description'),
    creationTimestamp: metaNumber(meta, 'creation_timestamp'),
    lastUpdatedTimestamp: metaNumber(meta, 'last_updated_timestamp'),
    tags: await readValues(path, 'tags'),
    aliases: await readValues(path, 'aliases'),
  };
}
