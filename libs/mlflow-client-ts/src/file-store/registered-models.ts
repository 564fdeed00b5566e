import type { RegisteredModel, RegisteredModelMethods } from '../api/registered-models.js';
import { registeredModelValues } from '../search/entity-values.js';
import { searchInMemory } from '../search/search.js';
import { atOnce } from './at-once.js';
import { createModel, ensureModel, renameModel } from './create-registered-model.js';
import { writeMeta } from './meta.js';
import { latestVersions, openVersion } from './model-version-folder.js';
import { pagedList } from './paged-list.js';
import { changeModel, findModel, inRegistry, listModels, openModel, readModel } from './registered-model-folder.js';
import type { StoreContext } from './store-context.js';
import { removeValue, writeValue } from './value-files.js';
import { withWorkFolder } from './work-folder.js';

const mostPerPage = 1000; // as a server

/** The registered models of a file store. */
export function fileRegisteredModels(context: StoreContext): RegisteredModelMethods {
  const { files } = context;
  const read = (name: string): RegisteredModel => readModel(openModel(context, name));
  return {
    async createRegisteredModel(model) {
      await createModel(context, model);
      return read(model.name);
    },
    ensureRegisteredModel: (name) => ensureModel(context, name),
    findRegisteredModel: atOnce((name) => {
      const model = findModel(context, name);
      return model && readModel(model);
    }),
    searchRegisteredModels: (search = {}) =>
      pagedList(
        () => searchInMemory('registeredModels', listModels(context).map(readModel), registeredModelValues, search),
        mostPerPage,
      ),
    async renameRegisteredModel(name, newName) {
      await renameModel(context, name, newName);
      return read(newName);
    },
    async updateRegisteredModel(name, description) {
      await changeModel(context, name, ({ path, meta }) => writeMeta(files, path, { ...meta, name, description }));
      return read(name);
    },
    deleteRegisteredModel: (name) => deleteModel(context, name),
    setRegisteredModelTag: (name, key, value) =>
      changeModel(context, name, ({ path }) => writeValue(files, path, 'tags', [key, value])),
    deleteRegisteredModelTag: (name, key) =>
      changeModel(context, name, ({ path }) => removeValue(files, path, 'tags', key)),
    setRegisteredModelAlias: (name, alias, version) =>
      changeModel(context, name, (model) => {
        openVersion(model, version);
        return writeValue(files, model.path, 'aliases', [alias, version]);
      }),
    deleteRegisteredModelAlias: (name, alias) =>
      changeModel(context, name, ({ path }) => removeValue(files, path, 'aliases', alias)),
    getLatestVersions: atOnce((name, stages) => latestVersions(openModel(context, name), stages)),
  };
}

/** It disappears at once: what is emptied file by file lies elsewhere. */
async function deleteModel(context: StoreContext, name: string): Promise<void> {
  openModel(context, name);
  await inRegistry(context, async () => {
    const { path } = openModel(context, name);
    await withWorkFolder(context, (target) => context.files.rename(path, target));
  });
}
