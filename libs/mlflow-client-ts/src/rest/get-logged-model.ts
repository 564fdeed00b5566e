import type { LoggedModel } from '../api/logged-models.js';
import { callForObject, type RestContext } from './api.js';
import { loggedModels, whereSupported } from './features.js';
import { toLoggedModel } from './wire/logged-model.js';

/** A logged model of a server. */
export async function getLoggedModel(context: RestContext, modelId: string): Promise<LoggedModel> {
  const call = { route: 'getLoggedModel', path: { model_id: modelId }, action: `get model "${modelId}"` } as const;
  return toLoggedModel(await whereSupported(context, loggedModels, () => callForObject(context, call, 'model')));
}
