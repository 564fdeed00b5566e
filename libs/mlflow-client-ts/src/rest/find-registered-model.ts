import type { RegisteredModel } from '../api/registered-models.js';
import { isNotFound } from '../error-guards.js';
import { callForObject, type RestContext } from './api.js';
import { absentWhen } from './once.js';
import { toRegisteredModel } from './wire/registered-model.js';
import type { Wire } from './wire/values.js';

/** A registered model of a server, when there is one of that name. */
export async function findRegisteredModel(context: RestContext, name: string): Promise<RegisteredModel | undefined> {
  const wire = await absentWhen(isNotFound, () => getRegisteredModel(context, name));
  return wire === undefined ? undefined : toRegisteredModel(wire);
}

/** A registered model as the server sends it. */
export function getRegisteredModel(context: RestContext, name: string): Promise<Wire> {
  const call = { route: 'getRegisteredModel', query: { name }, action: `find model "${name}"` } as const;
  return callForObject(context, call, 'registered_model');
}
