import { describe, expect, it } from 'vitest';
import { configJsonSchema } from './config-json-schema.js';
import type { KeySchema } from './problems/key-schema.js';

interface NamedSchema {
  readonly path: string;
  readonly schema: KeySchema;
}

function everyKey(schema: KeySchema, path = ''): NamedSchema[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, child]) => {
    const here = path === '' ? key : `${path}.${key}`;
    return [{ path: here, schema: child }, ...everyKey(child, here)];
  });
}

const root = configJsonSchema() as KeySchema;

describe('configJsonSchema()', () => {
  it('describes every key in a sentence', () => {
    const silent = everyKey(root).filter(({ schema }) => !/^[A-Zt].*\.$/.test(schema.description ?? ''));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it('has a default for every key but those that mean something by their absence', () => {
    const without = everyKey(root).filter(({ schema }) => schema.default === undefined);
    expect(without.map(({ path }) => path)).toEqual([
      'extends',
      'validation.performance_thresholds.root_mean_squared_error',
      'validation.performance_thresholds.mean_reward',
      'data.cmapss.window_length',
    ]);
  });

  it('refuses keys it does not know in every section', () => {
    const sections = [root, ...everyKey(root).map(({ schema }) => schema)].filter((schema) => schema.properties);
    expect(sections.length).toBeGreaterThan(40);
    expect(sections.every((schema) => schema.additionalProperties === false)).toBe(true);
  });
});
