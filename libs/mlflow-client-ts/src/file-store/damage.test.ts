import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMlflow, type MlflowClient } from '../index.js';

let folder: string;
let client: MlflowClient;
let experimentId: string;
let runId: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mlflow damage '));
  client = openMlflow({ trackingUri: `file:${encodeURIComponent(join(folder, 'a'))}` });
  experimentId = await client.ensureExperiment('wells');
  ({ runId } = await client.createRun({ experimentId }));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const point = { key: 'rmse', value: 1, timestamp: 1, step: 0 };

function editMeta(path: string, change: (text: string) => string): void {
  const file = join(folder, 'a', path, 'meta.yaml');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

describe('a file store', () => {
  it('begins with the experiment Default, like that of MLflow', async () => {
    expect(readdirSync(join(folder, 'a')).sort()).toEqual(['.trash', '0', experimentId, 'models']);
    expect((await client.findExperimentByName('Default'))?.experimentId).toBe('0');
    expect(await client.serverVersion()).toBeUndefined();
  });

  it('answers before anything was written', async () => {
    const empty = openMlflow({ trackingUri: `file:${join(folder, 'empty')}` });
    expect(await empty.findExperimentByName('a')).toBeUndefined();
    expect(await empty.searchRuns({ experimentIds: ['0'] }).all()).toEqual([]);
    expect(await empty.listModelVersions('m')).toEqual([]);
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('can be moved, with its artifacts', async () => {
    await client.uploadArtifact(runId, 'a.txt', 'hello');
    cpSync(join(folder, 'a'), join(folder, 'b'), { recursive: true });
    rmSync(join(folder, 'a'), { recursive: true });
    const moved = openMlflow({ trackingUri: pathToFileURL(join(folder, 'b')).href });
    expect(new TextDecoder().decode(await moved.downloadArtifact(runId, 'a.txt'))).toBe('hello');
    const expected = pathToFileURL(join(folder, 'b', experimentId, runId, 'artifacts')).href;
    expect((await moved.getRun(runId)).artifactUri).toBe(expected);
    expect(readdirSync(folder)).toEqual(['b']);
  });

  it('does not write to what is deleted', async () => {
    editMeta(join(experimentId, runId), (text) => text.replace('"active"', '"deleted"'));
    const deleted = { code: 'INVALID_PARAMETER_VALUE' };
    await expect(client.logBatch(runId, { metrics: [point] })).rejects.toMatchObject(deleted);
    await expect(client.uploadArtifact(runId, 'a', '')).rejects.toMatchObject(deleted);
    expect(await client.searchRuns({ experimentIds: [experimentId] }).all()).toEqual([]);
    expect((await client.getRun(runId)).lifecycleStage).toBe('deleted');

    editMeta(experimentId, (text) => text.replace('"active"', '"deleted"'));
    await expect(client.createRun({ experimentId })).rejects.toMatchObject(deleted);
    await expect(client.ensureExperiment('wells')).rejects.toMatchObject(deleted);
  });

  it('says which file is damaged, and reads the rest', async () => {
    const other = await client.createRun({ experimentId });
    editMeta(join(experimentId, runId), () => '{"half":');
    await expect(client.getRun(runId)).rejects.toMatchObject({
      code: 'MLFLOW_CORRUPT_STORE',
      details: { path: join(folder, 'a', experimentId, runId, 'meta.yaml') },
    });
    expect((await client.getRun(other.runId)).runId).toBe(other.runId);
  });

  it('goes on in an experiment although another is damaged, and makes none that could be that one', async () => {
    const otherId = await client.ensureExperiment('other');
    editMeta(experimentId, () => '{"half":');
    const damaged = { code: 'MLFLOW_CORRUPT_STORE', details: { path: join(folder, 'a', experimentId, 'meta.yaml') } };
    expect(await client.ensureExperiment('other')).toBe(otherId);
    expect((await client.createRun({ experimentId: otherId })).experimentId).toBe(otherId);
    await expect(client.ensureExperiment('new')).rejects.toMatchObject(damaged);
    await expect(client.createExperiment({ name: 'new' })).rejects.toMatchObject(damaged);
    await expect(client.searchExperiments().all()).rejects.toMatchObject(damaged);
  });

  it('does not guess at a damaged metric', async () => {
    await client.logBatch(runId, { metrics: [point] });
    writeFileSync(join(folder, 'a', experimentId, runId, 'metrics/rmse'), '1 x 0\n');
    await expect(client.getMetricHistory(runId, 'rmse')).rejects.toMatchObject({ code: 'MLFLOW_CORRUPT_STORE' });
    await expect(client.getRun(runId)).rejects.toThrow('1 x 0');
  });

  it('refuses a key that is the folder of another', async () => {
    await client.logBatch(runId, { metrics: [point], params: { a: '1' } });
    const refused = { code: 'INVALID_PARAMETER_VALUE' };
    await expect(client.logBatch(runId, { params: { 'a/b': '1' } })).rejects.toMatchObject(refused);
    await expect(client.logBatch(runId, { metrics: [{ ...point, key: 'rmse/x' }] })).rejects.toMatchObject(refused);
    expect((await client.getRun(runId)).params).toEqual({ a: '1' });
  });

  it('refuses "%" in the name of a model, as MLflow does for files', async () => {
    await expect(client.ensureRegisteredModel('a%b')).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  });

  it('does not follow artifacts to a server', async () => {
    editMeta(join(experimentId, runId), (text) => text.replace(/"file:[^"]*"/, '"mlflow-artifacts:/1/a"'));
    const refused = { code: 'MLFLOW_UNSUPPORTED_ARTIFACT_STORE' };
    await expect(client.listArtifacts(runId)).rejects.toMatchObject(refused);
  });
});
