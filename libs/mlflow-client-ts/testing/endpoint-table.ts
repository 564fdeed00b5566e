import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { routes, type RouteName } from '../src/rest/routes.js';
import { callOf, families, type Family } from './endpoint-coverage.js';

/** One method of one path, as servers have it. */
export interface Endpoint {
  readonly method: string;
  readonly path: string;
  /** The servers that have it. */
  readonly versions: readonly string[];
}

interface EndpointVector {
  readonly mlflow: string;
  readonly endpoints: readonly { readonly path: string; readonly methods: readonly string[] }[];
}

const newest = '3.17.2';
const oldest = '2.9.2';

/** Every endpoint of the newest and of the oldest supported server; what is the same below `/api` and `/ajax-api` is listed once, as the former. */
export function knownEndpoints(): Endpoint[] {
  const found = new Map<string, Endpoint>();
  for (const { mlflow, endpoints } of [newest, oldest].map(readVector)) {
    const paths = new Set(endpoints.map(({ path }) => path));
    for (const { path, methods } of endpoints) {
      const twin = path.replace(/^\/ajax-api/, '/api');
      for (const method of methods) add(found, { method, path: paths.has(twin) ? twin : path, versions: [mlflow] });
    }
  }
  return [...found.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function add(found: Map<string, Endpoint>, endpoint: Endpoint): void {
  const key = keyOf(endpoint);
  const versions = new Set([...(found.get(key)?.versions ?? []), ...endpoint.versions]);
  found.set(key, { ...endpoint, versions: [...versions] });
}

function readVector(version: string): EndpointVector {
  const file = join(import.meta.dirname, `../test/vectors/mlflow-endpoints-${version}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as EndpointVector;
}

function keyOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${path} ${method}`;
}

/** The route of the client that is this endpoint; names of parameters may differ. */
export function routeOf(endpoint: Endpoint): RouteName | undefined {
  const names = Object.keys(routes) as RouteName[];
  return names.find((name) => anonymous(routes[name]) === anonymous(endpoint));
}

function anonymous({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path.replace(/\{\w+\}/g, '{}')}`;
}

/** Why an endpoint is left out; `undefined` when nobody said. */
export function familyOf({ path }: Endpoint): Family | undefined {
  return families.find(({ pattern }) => pattern.test(path));
}

/** `docs/mlflow-endpoints.md`. */
export function endpointTable(): string {
  const endpoints = knownEndpoints();
  const covered = endpoints.filter((endpoint) => routeOf(endpoint) !== undefined);
  const others = endpoints.filter((endpoint) => routeOf(endpoint) === undefined);
  return [
    '# Endpoints of MLflow and the client',
    '',
    `MLflow ${newest} and ${oldest} serve ${endpoints.length} endpoints; \`mlflow-client-ts\` calls ${covered.length} of them. Below, each of them: which call of`,
    'the client uses it, or why none does. What a server has both below `/api` and, for its user interface, below `/ajax-api` is listed once.',
    '',
    'Written by `npx tsx libs/mlflow-client-ts/testing/write-endpoint-table.ts` from the routers of real servers',
    '(`libs/mlflow-client-ts/test/vectors/mlflow_endpoints.py`) and the routes of the client; a test compares all three.',
    '',
    '## Used by the client',
    '',
    ...tableOf(['endpoint', 'server', 'call'], covered.map(coveredRow)),
    '## Not used',
    '',
    ...families.flatMap((family) => familySection(family, others)),
  ].join('\n');
}

function coveredRow(endpoint: Endpoint): string[] {
  const route = routeOf(endpoint);
  const call = route === undefined ? '' : callOf[route];
  return [`\`${endpoint.method} ${endpoint.path}\``, serversOf(endpoint), call.endsWith('()') ? `\`${call}\`` : call];
}

function familySection(family: Family, others: readonly Endpoint[]): string[] {
  const members = others.filter((endpoint) => familyOf(endpoint) === family);
  const rows = members.map((endpoint) => [`\`${endpoint.method} ${endpoint.path}\``, serversOf(endpoint)]);
  return [`### ${family.title}`, '', `Because: ${family.reason}.`, '', ...tableOf(['endpoint', 'server'], rows)];
}

function serversOf({ versions }: Endpoint): string {
  if (versions.length > 1) return 'both';
  return `${versions.join()} only`;
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}
