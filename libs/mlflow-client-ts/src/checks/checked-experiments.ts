import type { ExperimentMethods } from '../api/experiments.js';
import { assertExperimentId, assertExperimentName } from './names.js';
import { checkedPages } from './page-request.js';
import { assertExperimentTag, assertViewType } from './experiment-data.js';
import { assertKey } from './keys.js';

/** Experiments of a store, with checked arguments. */
export function checkedExperiments(store: ExperimentMethods): ExperimentMethods {
  return {
    async createExperiment(experiment) {
      assertExperimentName(experiment.name);
      for (const [key, value] of Object.entries(experiment.tags ?? {})) assertExperimentTag(key, value);
      return store.createExperiment(experiment);
    },
    async ensureExperiment(name) {
      assertExperimentName(name);
      return store.ensureExperiment(name);
    },
    async getExperiment(experimentId) {
      assertExperimentId(experimentId);
      return store.getExperiment(experimentId);
    },
    async findExperimentByName(name) {
      assertExperimentName(name);
      return store.findExperimentByName(name);
    },
    searchExperiments: (search = {}) =>
      checkedPages(
        () => {
          assertViewType(search.viewType);
        },
        () => store.searchExperiments(search),
      ),
    async renameExperiment(experimentId, name) {
      assertExperimentId(experimentId);
      assertExperimentName(name);
      return store.renameExperiment(experimentId, name);
    },
    async deleteExperiment(experimentId) {
      assertExperimentId(experimentId);
      return store.deleteExperiment(experimentId);
    },
    async restoreExperiment(experimentId) {
      assertExperimentId(experimentId);
      return store.restoreExperiment(experimentId);
    },
    async setExperimentTag(experimentId, key, value) {
      assertExperimentId(experimentId);
      assertExperimentTag(key, value);
      return store.setExperimentTag(experimentId, key, value);
    },
    async deleteExperimentTag(experimentId, key) {
      assertExperimentId(experimentId);
      assertKey('tag', key);
      return store.deleteExperimentTag(experimentId, key);
    },
  };
}
