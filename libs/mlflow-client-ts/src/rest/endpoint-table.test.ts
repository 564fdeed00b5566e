import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callOf, families } from '../../testing/endpoint-coverage.js';
import { endpointTable, familyOf, knownEndpoints, routeOf } from '../../testing/endpoint-table.js';
import { openMlflow } from '../index.js';
import { routes, type RouteName } from './routes.js';

const endpoints = knownEndpoints();
const names = Object.keys(routes) as RouteName[];
const page = join(import.meta.dirname, '../../../../docs/mlflow-endpoints.md');

describe('docs/mlflow-endpoints.md', () => {
  it('is what the endpoints of real servers and the routes of the client give', () => {
    expect(existsSync(page) ? readFileSync(page, 'utf8') : '').toBe(endpointTable());
  });

  it('has every endpoint of the newest and of the oldest supported server exactly once', () => {
    const listed = [...readFileSync(page, 'utf8').matchAll(/^\| `([A-Z]+ \/\S*)` \|/gm)].map((match) => match[1]);
    expect(listed.toSorted()).toEqual(endpoints.map(({ method, path }) => `${method} ${path}`).toSorted());
    expect(endpoints.length).toBeGreaterThan(250);
  });

  it('says of every endpoint that is not used to what family it belongs, and has no family without one', () => {
    const others = endpoints.filter((endpoint) => routeOf(endpoint) === undefined);
    expect(others.filter((endpoint) => familyOf(endpoint) === undefined)).toEqual([]);
    expect(families.filter((family) => !others.some((endpoint) => familyOf(endpoint) === family))).toEqual([]);
  });
});

describe('routes', () => {
  it('are all endpoints of the newest server', () => {
    const known = new Set(endpoints.filter(({ versions }) => versions.includes('3.17.2')).map(routeOf));
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  it('are told by a call that the client has', () => {
    const client = openMlflow({ trackingUri: 'http://127.0.0.1:1', env: {} });
    const calls = new Set([...methodsOf(client, ''), ...methodsOf(client.artifacts({ runId: 'a' }), 'artifacts().')]);
    const told = names.filter((name) => name !== 'health').map((name) => callOf[name]);
    expect(told.filter((call) => !calls.has(call))).toEqual([]);
  });

  it('are the only place with paths of the API, but for the address of artifacts, which follows the URI of the run', () => {
    const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
    const sources = files.filter((file) => file.endsWith('.ts') && !file.includes('.test'));
    const withPaths = sources.filter((file) =>
      /\/api\/\d|ajax-api/.test(readFileSync(join(import.meta.dirname, file), 'utf8')),
    );
    expect(withPaths.toSorted()).toEqual(['artifacts/artifact-address.ts', 'routes.ts']);
  });
});

function methodsOf(object: object, prefix: string): string[] {
  return Object.entries(object).flatMap(([name, value]) => (typeof value === 'function' ? [`${prefix}${name}()`] : []));
}
