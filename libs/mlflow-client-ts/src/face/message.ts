import { invalidValue } from '../faults.js';

/** What a request asks, from its JSON body or its query: fields by name. */
export interface Message {
  /** Where it stands in the request, for errors: empty, or `metrics[0].`. */
  readonly place: string;
  /** A query has only texts; they are taken for numbers and truth values where those are asked for. */
  readonly isQuery: boolean;
  /** `undefined` when absent or null. */
  one(name: string): unknown;
  /** `undefined` when absent or null; what is no list is given as it is. */
  many(name: string): unknown;
}

/** The fields of a JSON object. Names that every object inherits are no fields. */
export function bodyMessage(body: object, place = ''): Message {
  const read = (name: string): unknown =>
    Object.hasOwn(body, name) ? ((body as Record<string, unknown>)[name] ?? undefined) : undefined;
  return { place, isQuery: false, one: read, many: read };
}

/** The fields of a query, in which a list is a name that is repeated. */
export function queryMessage(query: URLSearchParams): Message {
  return {
    place: '',
    isQuery: true,
    one: (name) => query.get(name) ?? undefined,
    many: (name) => (query.has(name) ? query.getAll(name) : undefined),
  };
}

/** Reads a JSON object. What is none is refused: to take it for an empty one, as MLflow does, hides the fault. */
export function parseBody(bytes: Uint8Array): Message {
  if (bytes.length === 0) return bodyMessage({});
  const body = parseJson(bytes);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return bodyMessage(body);
  throw invalidValue('Cannot read the body of the request: it is JSON, but not an object; send {"name": value, …}');
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (cause) {
    throw invalidValue(`Cannot read the body of the request: ${(cause as Error).message}; send JSON in UTF-8`);
  }
}
