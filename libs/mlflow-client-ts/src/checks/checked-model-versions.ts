import type { ModelVersionMethods, ModelVersionReading } from '../api/model-versions.js';
import { assertKey } from './keys.js';
import { assertAlias, assertModelName, assertStage, assertVersion } from './names.js';
import { checkedPages } from './page-request.js';
import { assertNewVersion, assertRegistryTag } from './registry-data.js';
import { assertLength } from './text-length.js';

/** Model versions of a store, with checked arguments. */
export function checkedModelVersions(store: ModelVersionMethods): ModelVersionMethods {
  return { ...checkedReading(store), ...checkedWriting(store) };
}

function checkedReading(store: ModelVersionMethods): ModelVersionReading {
  return {
    async getModelVersion(name, version) {
      assertVersionRef(name, version);
      return store.getModelVersion(name, version);
    },
    async listModelVersions(name) {
      assertModelName(name);
      return store.listModelVersions(name);
    },
    searchModelVersions: (search = {}) => checkedPages(nothing, () => store.searchModelVersions(search)),
    async findModelVersionByAlias(name, alias) {
      assertModelName(name);
      assertAlias(alias);
      return store.findModelVersionByAlias(name, alias);
    },
    async getModelVersionDownloadUri(name, version) {
      assertVersionRef(name, version);
      return store.getModelVersionDownloadUri(name, version);
    },
  };
}

function checkedWriting(store: ModelVersionMethods): Omit<ModelVersionMethods, keyof ModelVersionReading> {
  return {
    async createModelVersion(version) {
      assertNewVersion(version);
      return store.createModelVersion(version);
    },
    async updateModelVersion(name, version, description) {
      assertVersionRef(name, version);
      assertLength('versionDescription', 'description of the model version', description);
      return store.updateModelVersion(name, version, description);
    },
    async deleteModelVersion(name, version) {
      assertVersionRef(name, version);
      return store.deleteModelVersion(name, version);
    },
    async setModelVersionTag(name, version, key, value) {
      assertVersionRef(name, version);
      assertRegistryTag('version', key, value);
      return store.setModelVersionTag(name, version, key, value);
    },
    async deleteModelVersionTag(name, version, key) {
      assertVersionRef(name, version);
      assertKey('tag', key);
      return store.deleteModelVersionTag(name, version, key);
    },
    async transitionModelVersionStage(name, version, stage, archiveExisting) {
      assertVersionRef(name, version);
      assertStage(stage, archiveExisting);
      return store.transitionModelVersionStage(name, version, stage, archiveExisting);
    },
  };
}

function nothing(): void {
  // a filter is read by the store
}

function assertVersionRef(name: string, version: string): void {
  assertModelName(name);
  assertVersion(version);
}
