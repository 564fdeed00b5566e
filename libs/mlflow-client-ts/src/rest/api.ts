import type { Capabilities } from '../api/server.js';
import { fillPath } from './fill-path.js';
import type { Http, HttpCall } from './http.js';
import { malformedResponse } from './response-error.js';
import { routes, type Route, type RouteName } from './routes.js';
import type { Wire } from './wire/values.js';

/** What every group of methods works with. */
export interface RestContext {
  readonly http: Http;
  /** Asked of the server once. */
  capabilities(): Promise<Capabilities>;
}

/** A call of an endpoint. */
export interface ApiCall {
  readonly route: RouteName;
  /** Values for the `{name}` in its path. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: HttpCall['query'];
  readonly body?: object;
  /** Completes "Cannot …" in errors. */
  readonly action: string;
  /** Whether a second call changes nothing more. @default true */
  readonly isIdempotent?: boolean;
  readonly recover?: Recover;
}

/** Asked before a try is repeated whose effect is unknown: the answer it would have given, when it had its effect. */
export type Recover = () => Promise<Wire | undefined>;

/** Calls an endpoint. */
export function callApi({ http }: RestContext, call: ApiCall): Promise<Wire> {
  const { action, query, body, isIdempotent = true, recover } = call;
  const { method, path } = routeOf(call);
  return http.json({
    method,
    path,
    action,
    isIdempotent,
    ...(query !== undefined && { query }),
    ...(body !== undefined && { body }),
    ...(recover !== undefined && { recover }),
  });
}

/** Calls an endpoint whose answer must contain an object of that name, and returns that object. */
export async function callForObject(context: RestContext, call: ApiCall, part: string): Promise<Wire> {
  const answer = await callApi(context, call);
  const value = answer[part];
  if (typeof value === 'object' && value !== null) return value as Wire;
  const url = `${context.http.baseUrl}${routeOf(call).path}`;
  throw malformedResponse(
    { action: call.action, url },
    `contains no "${part}"`,
    context.http.redact(JSON.stringify(answer)),
  );
}

function routeOf({ route, path = {} }: ApiCall): Route {
  const { method, path: template } = routes[route];
  return { method, path: fillPath(template, path) };
}
