import type { CreateExperiment, Experiment, ExperimentMethods, ExperimentSearch } from '../api/experiments.js';
import type { Paged } from '../api/paged.js';
import { isAlreadyExists, isNotFound } from '../error-guards.js';
import { invalidValue } from '../faults.js';
import { filterText } from '../search/filter-builder.js';
import { callApi, callForObject, type Recover, type RestContext } from './api.js';
import { experimentTagDeletion, whereSupported } from './features.js';
import { absentWhen, createOnce, madeBy, recoverChange } from './once.js';
import { pageSizes, restPaged, searchAction } from './pages.js';
import { toExperiment } from './wire/experiment.js';
import { wireText, type Wire } from './wire/values.js';

/** The experiments of a server. */
export function restExperiments(context: RestContext): ExperimentMethods {
  return { ...findingExperiments(context), ...changingExperiments(context) };
}

type FindingMethods = Pick<
  ExperimentMethods,
  'createExperiment' | 'ensureExperiment' | 'getExperiment' | 'findExperimentByName' | 'searchExperiments'
>;

function findingExperiments(context: RestContext): FindingMethods {
  return {
    createExperiment: (experiment) => createExperiment(context, experiment),
    async ensureExperiment(name) {
      const known = (await findExperiment(context, name)) ?? (await createOrFind(context, name));
      if (typeof known === 'string') return known;
      if (known.lifecycleStage !== 'deleted') return known.experimentId;
      throw invalidValue(`Cannot use experiment "${name}": it is deleted; restore it or choose another name`, { name });
    },
    getExperiment: (experimentId) => getExperiment(context, experimentId),
    findExperimentByName: (name) => findExperiment(context, name),
    searchExperiments: (search = {}) => searchExperiments(context, search),
  };
}

function changingExperiments(context: RestContext): Omit<ExperimentMethods, keyof FindingMethods> {
  const isIn = (stage: string, experimentId: string): Recover =>
    recoverChange(async () => (await getExperiment(context, experimentId)).lifecycleStage === stage);
  return {
    async renameExperiment(experimentId, name) {
      const body = { experiment_id: experimentId, new_name: name };
      await callApi(context, { route: 'updateExperiment', body, action: `rename experiment "${experimentId}"` });
    },
    async deleteExperiment(experimentId) {
      const call = { route: 'deleteExperiment', action: `delete experiment "${experimentId}"` } as const;
      const recover = isIn('deleted', experimentId);
      await callApi(context, { ...call, body: { experiment_id: experimentId }, recover });
    },
    async restoreExperiment(experimentId) {
      const call = { route: 'restoreExperiment', action: `restore experiment "${experimentId}"` } as const;
      const recover = isIn('active', experimentId);
      await callApi(context, { ...call, body: { experiment_id: experimentId }, recover });
    },
    async setExperimentTag(experimentId, key, value) {
      const body = { experiment_id: experimentId, key, value };
      const action = `set tag "${key}" of experiment "${experimentId}"`;
      await callApi(context, { route: 'setExperimentTag', body, action });
    },
    deleteExperimentTag: (experimentId, key) => deleteExperimentTag(context, experimentId, key),
  };
}

async function createExperiment(
  context: RestContext,
  { name, artifactLocation, tags }: CreateExperiment,
): Promise<string> {
  const get = (): Promise<Wire> => getByName(context, name);
  const answer = await createOnce(context, {
    call: { route: 'createExperiment', action: `create experiment "${name}"` },
    body: { name, artifact_location: artifactLocation },
    tags,
    find: (requestId) => madeBy(requestId, get, (experiment) => experiment['tags']),
  });
  return wireText(answer['experiment_id']);
}

function getByName(context: RestContext, name: string): Promise<Wire> {
  const call = { route: 'getExperimentByName', query: { experiment_name: name } } as const;
  return callForObject(context, { ...call, action: `find experiment "${name}"` }, 'experiment');
}

async function findExperiment(context: RestContext, name: string): Promise<Experiment | undefined> {
  const wire = await absentWhen(isNotFound, () => getByName(context, name));
  return wire === undefined ? undefined : toExperiment(wire);
}

async function createOrFind(context: RestContext, name: string): Promise<string | Experiment> {
  try {
    return await createExperiment(context, { name });
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
    const made = await findExperiment(context, name); // by someone else, in the meantime
    if (made === undefined) throw error;
    return made;
  }
}

async function getExperiment(context: RestContext, experimentId: string): Promise<Experiment> {
  const call = { route: 'getExperiment', query: { experiment_id: experimentId } } as const;
  return toExperiment(
    await callForObject(context, { ...call, action: `get experiment "${experimentId}"` }, 'experiment'),
  );
}

function searchExperiments(context: RestContext, search: ExperimentSearch): Paged<Experiment> {
  const filter = filterText(search.filter);
  const { orderBy = ['last_update_time DESC'], viewType = 'ACTIVE_ONLY' } = search; // left out, a server puts the newest first
  const body = { filter, order_by: orderBy, view_type: viewType };
  const action = searchAction('experiments', filter);
  return restPaged({
    ask: (page) => callApi(context, { route: 'searchExperiments', body: { ...body, ...page }, action }),
    part: 'experiments',
    convert: (items) => items.map(toExperiment),
    sizes: pageSizes.experiments,
  });
}

async function deleteExperimentTag(context: RestContext, experimentId: string, key: string): Promise<void> {
  const action = `delete tag "${key}" of experiment "${experimentId}"`;
  const call = { route: 'deleteExperimentTag', body: { experiment_id: experimentId, key }, action } as const;
  const answer = await absentWhen(isNotFound, () =>
    whereSupported(context, experimentTagDeletion, () => callApi(context, call)),
  );
  if (answer === undefined) await getExperiment(context, experimentId); // the tag may be absent, the experiment must be there
}
