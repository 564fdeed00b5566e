import type { Experiment, ExperimentMethods } from '../api/experiments.js';
import { isNotFound } from '../error-guards.js';
import { isMlflowError } from '../errors.js';
import { invalidValue } from '../faults.js';
import { callApi, callForObject } from './api.js';
import type { Http } from './http.js';
import { toExperiment, wireText } from './wire.js';

/** The experiments of a server. */
export function restExperiments(http: Http): ExperimentMethods {
  const find = (name: string): Promise<Experiment | undefined> => findExperiment(http, name);
  return {
    findExperimentByName: find,
    async ensureExperiment(name) {
      const known = (await find(name)) ?? (await createOrFind(http, name));
      if (typeof known === 'string') return known;
      if (known.lifecycleStage !== 'deleted') return known.experimentId;
      throw invalidValue(`Cannot use experiment "${name}": it is deleted; restore it or choose another name`, { name });
    },
  };
}

async function findExperiment(http: Http, name: string): Promise<Experiment | undefined> {
  const action = `find experiment "${name}"`;
  const call = { method: 'GET', path: 'experiments/get-by-name', query: { experiment_name: name } } as const;
  try {
    return toExperiment(await callForObject(http, { ...call, action, isIdempotent: true }, 'experiment'));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function createOrFind(http: Http, name: string): Promise<string | Experiment> {
  const action = `create experiment "${name}"`;
  try {
    const call = { method: 'POST', path: 'experiments/create', body: { name } } as const;
    // Repeating is safe: the second try is told that it exists.
    return wireText((await callApi(http, { ...call, action, isIdempotent: true }))['experiment_id']);
  } catch (error) {
    if (!isMlflowError(error, 'RESOURCE_ALREADY_EXISTS')) throw error;
    const made = await findExperiment(http, name); // by someone else, in the meantime
    if (made === undefined) throw error;
    return made;
  }
}
