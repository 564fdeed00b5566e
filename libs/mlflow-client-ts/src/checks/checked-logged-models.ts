import type { CreateLoggedModel, LoggedModelMethods } from '../api/logged-models.js';
import { invalidValue } from '../faults.js';
import { assertExperimentId, assertLoggedModelName, assertModelId, assertRunId } from './names.js';
import { checkedPages } from './page-request.js';
import { assertBatch, assertRunTags } from './run-data.js';
import { assertKey } from './keys.js';

/** Logged models of a store, with checked arguments. */
export function checkedLoggedModels(store: LoggedModelMethods): LoggedModelMethods {
  return {
    async createLoggedModel(model) {
      assertLoggedModel(model);
      return store.createLoggedModel(model);
    },
    async finalizeLoggedModel(modelId, status) {
      assertModelId(modelId);
      assertFinalStatus(status);
      return store.finalizeLoggedModel(modelId, status);
    },
    async getLoggedModel(modelId) {
      assertModelId(modelId);
      return store.getLoggedModel(modelId);
    },
    async deleteLoggedModel(modelId) {
      assertModelId(modelId);
      return store.deleteLoggedModel(modelId);
    },
    searchLoggedModels: (search) =>
      checkedPages(
        () => {
          search.experimentIds.forEach(assertExperimentId);
        },
        () => store.searchLoggedModels(search),
      ),
    async setLoggedModelTags(modelId, tags) {
      assertModelId(modelId);
      assertRunTags(tags);
      return store.setLoggedModelTags(modelId, tags);
    },
    async deleteLoggedModelTag(modelId, key) {
      assertModelId(modelId);
      assertKey('tag', key);
      return store.deleteLoggedModelTag(modelId, key);
    },
    async logLoggedModelParams(modelId, params) {
      assertModelId(modelId);
      assertBatch({ params });
      return store.logLoggedModelParams(modelId, params);
    },
  };
}

function assertLoggedModel({ experimentId, name, sourceRunId, params = {}, tags = {} }: CreateLoggedModel): void {
  assertExperimentId(experimentId);
  if (name !== undefined) assertLoggedModelName(name);
  if (sourceRunId !== undefined) assertRunId(sourceRunId);
  assertBatch({ params, tags });
}

function assertFinalStatus(status: string): void {
  if (status === 'READY' || status === 'UPLOAD_FAILED') return;
  throw invalidValue(`Cannot end the upload of a model as "${status}": it is READY or UPLOAD_FAILED`, { status });
}
