import type { ModelStage, ModelVersion, ModelVersionMethods, ModelVersionReading } from '../api/model-versions.js';
import { modelVersionValues } from '../search/entity-values.js';
import { searchInMemory } from '../search/search.js';
import { atOnce } from './at-once.js';
import { createVersion } from './create-model-version.js';
import { metaText, writeMeta, type Meta } from './meta.js';
import {
  deletedStage,
  findVersion,
  listVersions,
  openVersion,
  readVersion,
  type VersionOnDisk,
} from './model-version-folder.js';
import { pagedList } from './paged-list.js';
import {
  changeModel,
  findModel,
  inRegistry,
  listModels,
  openModel,
  readAliases,
  type ModelOnDisk,
} from './registered-model-folder.js';
import type { StoreContext } from './store-context.js';
import { readValueSync, removeValue, writeValue } from './value-files.js';
import { locationOf } from './version-source.js';

const mostPerPage = 200_000; // as a server

/** The model versions of a file store. */
export function fileModelVersions(context: StoreContext): ModelVersionMethods {
  return { ...readingMethods(context), ...writingMethods(context) };
}

function readingMethods(context: StoreContext): ModelVersionReading {
  return {
    getModelVersion: atOnce((name, version) => read(context, name, version)),
    listModelVersions: atOnce((name) => {
      const model = findModel(context, name);
      return model === undefined ? [] : listVersions(model).map(readVersion);
    }),
    searchModelVersions: (search = {}) =>
      pagedList(() => {
        const versions = listModels(context).flatMap(listVersions).map(readVersion);
        return searchInMemory('modelVersions', versions, modelVersionValues, search);
      }, mostPerPage),
    findModelVersionByAlias: atOnce((name, alias) => {
      const model = findModel(context, name);
      const version = model && readValueSync(model.path, 'aliases', alias)?.trim();
      const found = model && version !== undefined ? findVersion(model, version) : undefined;
      return found && readVersion(found);
    }),
    getModelVersionDownloadUri: atOnce((name, version) =>
      locationOf(context, openVersion(openModel(context, name), version).meta),
    ),
  };
}

function writingMethods(context: StoreContext): Omit<ModelVersionMethods, keyof ModelVersionReading> {
  const { files } = context;
  return {
    async createModelVersion(created) {
      return read(context, created.name, await createVersion(context, created));
    },
    async updateModelVersion(name, version, description) {
      await inRegistry(context, () =>
        writeChanges(context, openVersion(openModel(context, name), version), { description }),
      );
      return read(context, name, version);
    },
    deleteModelVersion: (name, version) =>
      changeModel(context, name, (model) => deleteVersion(context, openVersion(model, version))),
    setModelVersionTag: (name, version, key, value) =>
      changeModel(context, name, (model) => writeValue(files, openVersion(model, version).path, 'tags', [key, value])),
    deleteModelVersionTag: (name, version, key) =>
      changeModel(context, name, (model) => removeValue(files, openVersion(model, version).path, 'tags', key)),
    async transitionModelVersionStage(name, version, stage, archiveExisting) {
      await changeModel(context, name, async (model) => {
        await writeChanges(context, openVersion(model, version), { current_stage: stage });
        if (archiveExisting) await archiveOthers(context, model, { version, stage });
      });
      return read(context, name, version);
    },
  };
}

function read(context: StoreContext, name: string, version: string): ModelVersion {
  return readVersion(openVersion(openModel(context, name), version));
}

async function writeChanges({ files, now }: StoreContext, { path, meta }: VersionOnDisk, changes: Meta): Promise<void> {
  await writeMeta(files, path, { ...meta, ...changes, last_updated_timestamp: now() });
}

/** Its aliases go first: after a crash in between none of them leads to nothing. */
async function deleteVersion(context: StoreContext, found: VersionOnDisk): Promise<void> {
  const { model, version } = found;
  for (const [alias, target] of Object.entries(readAliases(model.path))) {
    if (target === version) await removeValue(context.files, model.path, 'aliases', alias);
  }
  await writeChanges(context, found, { current_stage: deletedStage });
}

/** After the version has come to the stage: a crash in between leaves two there, never none. */
async function archiveOthers(
  context: StoreContext,
  model: ModelOnDisk,
  { version, stage }: { readonly version: string; readonly stage: ModelStage },
): Promise<void> {
  for (const other of listVersions(model)) {
    const isReplaced = other.version !== version && metaText(other.meta, 'current_stage') === stage;
    if (isReplaced) await writeChanges(context, other, { current_stage: 'Archived' });
  }
}
