import type { Experiment, ExperimentMethods, ExperimentSearch } from '../api/experiments.js';
import { MlflowError } from '../errors.js';
import { invalidValue } from '../faults.js';
import { experimentValues } from '../search/entity-values.js';
import { searchInMemory } from '../search/search.js';
import { atOnce } from './at-once.js';
import { createExperiment, ensureStore, experimentOfName } from './create-experiment.js';
import {
  allExperiments,
  getExperiment,
  openExperiment,
  readExperiment,
  stageOf,
  type ExperimentOnDisk,
} from './experiment-folder.js';
import { deleteExperiment, restoreExperiment } from './experiment-lifecycle.js';
import { writeMeta } from './meta.js';
import { pagedList } from './paged-list.js';
import { isInView } from './view.js';
import type { StoreContext } from './store-context.js';
import { taken } from './taken.js';
import { removeValue, writeValue } from './value-files.js';

/** The experiments of a file store. All changes of experiments are made one after the other, under the lock of the store. */
export function fileExperiments(context: StoreContext): ExperimentMethods {
  const { files, root } = context;
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => context.locks.run(root, work);
  return {
    async createExperiment(experiment) {
      await ensureStore(context);
      return inTurn(() => createExperiment(context, experiment));
    },
    ensureExperiment: (name) => ensureExperiment(context, name),
    getExperiment: atOnce((experimentId) => readExperiment(getExperiment(context, experimentId))),
    findExperimentByName: atOnce((name) => {
      const experiment = experimentOfName(context, name);
      return experiment && readExperiment(experiment);
    }),
    searchExperiments: (search = {}) => pagedList(() => searchExperiments(context, search), 50_000),
    renameExperiment: (experimentId, name) => inTurn(() => renameExperiment(context, experimentId, name)),
    deleteExperiment: (experimentId) => inTurn(() => deleteExperiment(context, experimentId)),
    restoreExperiment: (experimentId) => inTurn(() => restoreExperiment(context, experimentId)),
    setExperimentTag: (experimentId, key, value) =>
      inTurn(() => writeValue(files, openExperiment(context, experimentId).path, 'tags', [key, value])),
    deleteExperimentTag: (experimentId, key) =>
      inTurn(() => removeValue(files, openExperiment(context, experimentId).path, 'tags', key)),
  };
}

async function ensureExperiment(context: StoreContext, name: string): Promise<string> {
  const known = experimentOfName(context, name);
  if (known !== undefined) return usableId(known, name);
  await ensureStore(context);
  return context.locks.run(context.root, () => {
    const made = experimentOfName(context, name); // by another process, in the meantime
    return made === undefined ? createExperiment(context, { name }) : Promise.resolve(usableId(made, name));
  });
}

function usableId(experiment: ExperimentOnDisk, name: string): string {
  if (stageOf(experiment) === 'active') return experiment.id;
  throw invalidValue(`Cannot use experiment "${name}": it is deleted; restore it or choose another name`, { name });
}

function searchExperiments(context: StoreContext, { viewType, ...search }: ExperimentSearch): Experiment[] {
  const wanted = allExperiments(context).filter((experiment) => isInView(stageOf(experiment), viewType));
  return searchInMemory('experiments', wanted.map(readExperiment), experimentValues, search);
}

async function renameExperiment(context: StoreContext, experimentId: string, name: string): Promise<void> {
  const experiment = getExperiment(context, experimentId);
  if (stageOf(experiment) === 'deleted') throw renamedWhileDeleted(experimentId);
  const other = experimentOfName(context, name);
  if (other !== undefined && other.id !== experimentId) {
    throw taken(`Cannot rename experiment "${experimentId}" to "${name}": experiment "${other.id}" has this name`, {
      name,
      experimentId: other.id,
    });
  }
  await writeMeta(context.files, experiment.path, { ...experiment.meta, name, last_update_time: context.now() });
}

function renamedWhileDeleted(experimentId: string): MlflowError {
  return new MlflowError(`Cannot rename experiment "${experimentId}": it is deleted; restore it`, {
    code: 'INVALID_STATE', // a server has a code of its own for this
    details: { experimentId },
  });
}
