import type { Http, HttpCall } from './http.js';
import { malformedResponse } from './response-error.js';
import type { Wire } from './wire.js';

/** A call of MLflow's API, by its path below `/api/2.0/mlflow/`. */
export type ApiCall = Omit<HttpCall, 'body'> & { readonly body?: object };

/** Calls a method of MLflow's API. */
export function callApi(http: Http, call: ApiCall): Promise<Wire> {
  return http.json({ ...call, path: `/api/2.0/mlflow/${call.path}` });
}

/** Calls a method whose answer must contain an object of that name, and returns that object. */
export async function callForObject(http: Http, call: ApiCall, part: string): Promise<Wire> {
  const answer = await callApi(http, call);
  const value = answer[part];
  if (typeof value === 'object' && value !== null) return value as Wire;
  const url = `${http.baseUrl}/api/2.0/mlflow/${call.path}`;
  throw malformedResponse({ action: call.action, url }, `contains no "${part}"`, JSON.stringify(answer));
}
