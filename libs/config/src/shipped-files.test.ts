import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { configJsonSchema } from './config-json-schema.js';
import { loadConfig } from './load-config.js';
import { configSchema } from './mlops-config.js';

const folder = join(import.meta.dirname, '../../../config');
const shipped = join(folder, 'mlops_config.yaml');
const profiles = readdirSync(join(folder, 'profiles'));
/** What a production service must be told. */
const productionEnv = { MLFLOW_TRACKING_URI: 'https://mlflow.example' };

function keysOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  const entries = Object.entries(value);
  return entries.length === 0 ? [path] : entries.flatMap(([key, child]) => keysOf(child, `${path}.${key}`));
}

describe('config/mlops_config.yaml', () => {
  it('states every key that has a default, with that default', () => {
    const defaults = configSchema.parse({});
    expect(loadConfig({ path: shipped, env: {} })).toEqual(defaults);
    expect(keysOf(parse(readFileSync(shipped, 'utf8'))).toSorted()).toEqual(keysOf(defaults).toSorted());
  });

  it('takes tracking, experiment and data from the environment', () => {
    const env = { MLFLOW_TRACKING_URI: 'http://mlflow:5000', MLFLOW_EXPERIMENT_NAME: 'mine', I_DRILL_DATA: '/data' };
    const { mlflow, data } = loadConfig({ path: shipped, env });
    expect(mlflow).toMatchObject({ tracking_uri: 'http://mlflow:5000', experiment_name: 'mine' });
    expect(data.directory).toBe('/data');
  });

  it('names its schema to editors on the first line', () => {
    expect(readFileSync(shipped, 'utf8').split('\n')[0]).toBe(
      '# yaml-language-server: $schema=./mlops_config.schema.json',
    );
  });
});

describe('config/profiles', () => {
  it.each(profiles)('%s loads', (name) => {
    expect(loadConfig({ path: join(folder, 'profiles', name), env: productionEnv }).training.seed).toBe(42);
  });

  it("production has the predecessor's canary, and needs to be told its tracking server", () => {
    const path = join(folder, 'profiles/production.yaml');
    const { deployment, mlflow } = loadConfig({ path, env: productionEnv });
    expect(deployment.strategies.canary).toMatchObject({
      initial_traffic_percentage: 10,
      increment_percentage: 10,
      evaluation_duration_minutes: 30,
    });
    expect(mlflow.promotion.auto_promote).toBe(false);
    expect(() => loadConfig({ path, env: {} })).toThrow('the environment variable MLFLOW_TRACKING_URI');
  });
});

describe('config/mlops_config.schema.json', () => {
  it('is what write-schema.ts writes', () => {
    const file: unknown = JSON.parse(readFileSync(join(folder, 'mlops_config.schema.json'), 'utf8'));
    expect(file, 'run npx tsx --conditions=@i-drill/source libs/config/scripts/write-schema.ts').toEqual(
      configJsonSchema(),
    );
  });

  it('accepts the shipped files as an editor sees them: before variables are filled in', () => {
    const schema = z.fromJSONSchema(configJsonSchema());
    for (const path of [shipped, ...profiles.map((name) => join(folder, 'profiles', name))]) {
      expect(schema.safeParse(parse(readFileSync(path, 'utf8'))).error?.issues).toBeUndefined();
    }
    expect(schema.safeParse({ training: { seed: 'many' } }).success).toBe(false);
    expect(schema.safeParse({ training: { sed: 1 } }).success).toBe(false);
    expect(schema.safeParse({ training: { seed: '${SEED}' } }).success).toBe(true);
  });
});
