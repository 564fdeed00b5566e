import type { Route } from '../rest/routes.js';

/** The values that stand in a path, by the names that the endpoint gives them. */
export type PathValues = Readonly<Record<string, string>>;

/** Where a path leads. */
interface Match<Name extends string> {
  readonly name: Name;
  readonly path: PathValues;
}

/** What a router says of a request. */
type Routing<Name extends string> =
  | { readonly kind: 'found'; readonly match: Match<Name> }
  /** The path is known, for these methods. */
  | { readonly kind: 'otherMethod'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown' };

interface Pattern<Name extends string> {
  readonly method: string;
  readonly name: Name;
  readonly segments: readonly string[];
}

/** Finds the endpoint for a method and a path of decoded segments. */
export type Router<Name extends string> = (method: string, segments: readonly string[]) => Routing<Name>;

/** A value that takes the rest of the path. All others take one segment. */
const restOfPath = '{path}';

/** A router over these endpoints. Paths below `/ajax-api/` mean the same as below `/api/`, as on a server. */
export function createRouter<Name extends string>(routes: Readonly<Record<Name, Route>>): Router<Name> {
  const patterns = (Object.entries(routes) as [Name, Route][])
    .map(([name, { method, path }]): Pattern<Name> => ({ method, name, segments: canonical(path.split('/').slice(1)) }))
    .sort((a, b) => valuesIn(a) - valuesIn(b)); // `logged-models/search` before `logged-models/{model_id}`
  return (method, segments) => {
    const asked = canonical(segments);
    const found = patterns.filter((pattern) => matches(pattern.segments, asked));
    const match = found.find((pattern) => pattern.method === (method === 'HEAD' ? 'GET' : method));
    if (match !== undefined) return { kind: 'found', match: { name: match.name, path: valuesOf(match, asked) } };
    const allowed = [...new Set(found.map((pattern) => pattern.method))];
    return allowed.length === 0 ? { kind: 'unknown' } : { kind: 'otherMethod', allowed };
  };
}

function canonical(segments: readonly string[]): readonly string[] {
  return segments[0] === 'ajax-api' ? ['api', ...segments.slice(1)] : segments;
}

function valuesIn<Name extends string>({ segments }: Pattern<Name>): number {
  return segments.filter((segment) => segment.startsWith('{')).length;
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  const takesRest = pattern.at(-1) === restOfPath;
  if (takesRest ? segments.length < pattern.length : segments.length !== pattern.length) return false;
  return pattern.every((part, i) => (part.startsWith('{') ? segments[i] !== '' : part === segments[i]));
}

function valuesOf<Name extends string>({ segments }: Pattern<Name>, asked: readonly string[]): Record<string, string> {
  const values = segments.map((part, i): [string, string] => [
    part.slice(1, -1),
    part === restOfPath ? asked.slice(i).join('/') : (asked[i] ?? ''),
  ]);
  return Object.fromEntries(values.filter((_, i) => segments[i]?.startsWith('{')));
}

/** A value of a path. That the endpoint names one so is sure. */
export function valueIn(path: PathValues, name: string): string {
  const value = path[name];
  if (value === undefined) throw new TypeError(`Cannot read "${name}" from the path: the endpoint has no such value`);
  return value;
}
