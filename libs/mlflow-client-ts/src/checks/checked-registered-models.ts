import type { RegisteredModelMethods } from '../api/registered-models.js';
import { assertKey } from './keys.js';
import { assertAlias, assertModelName, assertStage, assertVersion } from './names.js';
import { checkedPages } from './page-request.js';
import { assertRegistryTag } from './registry-data.js';
import { assertLength } from './text-length.js';

/** Registered models of a store, with checked arguments. */
export function checkedRegisteredModels(store: RegisteredModelMethods): RegisteredModelMethods {
  return { ...checkedModels(store), ...checkedAliases(store) };
}

type AliasMethods = Pick<RegisteredModelMethods, 'setRegisteredModelAlias' | 'deleteRegisteredModelAlias'>;

function checkedModels(store: RegisteredModelMethods): Omit<RegisteredModelMethods, keyof AliasMethods> {
  return {
    async createRegisteredModel(model) {
      assertModelName(model.name);
      assertDescription(model.description ?? '');
      for (const [key, value] of Object.entries(model.tags ?? {})) assertRegistryTag('model', key, value);
      return store.createRegisteredModel(model);
    },
    async ensureRegisteredModel(name) {
      assertModelName(name);
      return store.ensureRegisteredModel(name);
    },
    async findRegisteredModel(name) {
      assertModelName(name);
      return store.findRegisteredModel(name);
    },
    searchRegisteredModels: (search = {}) => checkedPages(nothing, () => store.searchRegisteredModels(search)),
    async renameRegisteredModel(name, newName) {
      assertModelName(name);
      assertModelName(newName);
      return store.renameRegisteredModel(name, newName);
    },
    async updateRegisteredModel(name, description) {
      assertModelName(name);
      assertDescription(description);
      return store.updateRegisteredModel(name, description);
    },
    async deleteRegisteredModel(name) {
      assertModelName(name);
      return store.deleteRegisteredModel(name);
    },
    async setRegisteredModelTag(name, key, value) {
      assertModelName(name);
      assertRegistryTag('model', key, value);
      return store.setRegisteredModelTag(name, key, value);
    },
    async deleteRegisteredModelTag(name, key) {
      assertModelName(name);
      assertKey('tag', key);
      return store.deleteRegisteredModelTag(name, key);
    },
    async getLatestVersions(name, stages) {
      assertModelName(name);
      stages?.forEach((stage) => {
        assertStage(stage, false);
      });
      return store.getLatestVersions(name, stages);
    },
  };
}

function checkedAliases(store: RegisteredModelMethods): AliasMethods {
  return {
    async setRegisteredModelAlias(name, alias, version) {
      assertModelName(name);
      assertAlias(alias);
      assertVersion(version);
      return store.setRegisteredModelAlias(name, alias, version);
    },
    async deleteRegisteredModelAlias(name, alias) {
      assertModelName(name);
      assertAlias(alias);
      return store.deleteRegisteredModelAlias(name, alias);
    },
  };
}

function nothing(): void {
  // a filter is read by the store
}

function assertDescription(description: string): void {
  assertLength('versionDescription', 'description of the registered model', description);
}
