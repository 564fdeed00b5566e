import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openMlflow } from '../index.js';

// Made by test/vectors/python_file_store.py with MLflow 3.17.2.
const vectors = join(import.meta.dirname, '../../test/vectors');
const client = openMlflow({ trackingUri: pathToFileURL(join(vectors, 'python-mlruns')).href });
const facts = JSON.parse(readFileSync(join(vectors, 'python-mlruns.json'), 'utf8')) as {
  experiment_name: string;
  experiment_tag: string;
  run_name: string;
  run_id: string;
  tuning_id: string;
  base_id: string;
  model_id: string;
  deleted_run_id: string;
  deleted_experiment_id: string;
  trashed_run_id: string;
  descriptions: string[];
};

describe('a file store written by Python', () => {
  it('is read with its runs, metrics, params and datasets', async () => {
    const experiment = await client.findExperimentByName(facts.experiment_name);
    const experimentIds = [experiment?.experimentId ?? ''];
    const [run, ...others] = await client.searchRuns({ experimentIds, orderBy: ['start_time'] }).all();
    expect(others.map(({ runId }) => runId)).toEqual([facts.tuning_id]);
    expect(run).toMatchObject({
      runId: facts.run_id,
      runName: facts.run_name,
      status: 'FINISHED',
      startTime: 1000,
      endTime: 2000,
      metrics: { loss: -Infinity, 'val/loss': 1e-9 },
      params: { multi: 'line1\nline2\n' },
      inputs: [
        {
          name: 'd: x',
          digest: '1e5',
          sourceType: 'local',
          source: '{"uri": "file:///x"}',
          schema: '{"a": 1}',
          context: 'training',
        },
      ],
    });
    expect(await client.getMetricHistory(facts.run_id, 'loss')).toEqual([
      { key: 'loss', value: NaN, timestamp: 5, step: 1 },
      { key: 'loss', value: -Infinity, timestamp: 6, step: 2 },
    ]);
  });

  it('is read with its logged model, and the metrics that a run measured of it', async () => {
    const on = { datasetName: 'wells', datasetDigest: 'd1' };
    expect(await client.getRun(facts.tuning_id)).toMatchObject({
      metrics: { rmse: 2.5 },
      modelInputs: [facts.base_id],
      modelOutputs: [{ modelId: facts.model_id, step: 3 }],
    });
    expect(await client.getMetricHistory(facts.tuning_id, 'rmse')).toEqual([
      { key: 'rmse', value: 3.5, timestamp: 10, step: 1, ...on },
      { key: 'rmse', value: 9, timestamp: 15, step: 1 },
      { key: 'rmse', value: 2.5, timestamp: 20, step: 2, ...on },
    ]);
    const owner = { key: 'rmse', modelId: facts.model_id, runId: facts.tuning_id };
    expect(await client.getLoggedModel(facts.model_id)).toMatchObject({
      name: 'tuned',
      status: 'READY',
      modelType: 'sequence',
      sourceRunId: facts.tuning_id,
      params: { size: '64', 'nested/depth': '2' },
      tags: { kind: facts.descriptions[0] },
      metrics: [
        { ...owner, value: 2.5, timestamp: 20, step: 2, ...on },
        { ...owner, value: 9, timestamp: 15, step: 1 },
      ],
    });
  });

  it('is read without its deleted logged model', async () => {
    const { experimentId } = await client.getRun(facts.tuning_id);
    await expect(client.getLoggedModel(facts.base_id)).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    const found = await client.searchLoggedModels({ experimentIds: [experimentId] }).all();
    expect(found.map(({ modelId }) => modelId)).toEqual([facts.model_id]);
  });

  it('is read with its deleted run and its deleted experiment', async () => {
    const { experimentId, lifecycleStage } = await client.getRun(facts.deleted_run_id);
    expect(lifecycleStage).toBe('deleted');
    const deletedRuns = client.searchRuns({ experimentIds: [experimentId], viewType: 'DELETED_ONLY' });
    expect((await deletedRuns.all()).map(({ runId }) => runId)).toEqual([facts.deleted_run_id]);

    const deleted = await client.searchExperiments({ viewType: 'DELETED_ONLY' }).all();
    expect(deleted).toMatchObject([
      { experimentId: facts.deleted_experiment_id, lifecycleStage: 'deleted', tags: { well: 'F-9' } },
    ]);
    expect(await client.getRun(facts.trashed_run_id)).toMatchObject({
      experimentId: facts.deleted_experiment_id,
      lifecycleStage: 'deleted',
      metrics: { loss: 1 },
      tags: { k: 'v' },
    });
  });

  it('is read with the tags of experiments and registered models', async () => {
    expect((await client.findExperimentByName(facts.experiment_name))?.tags).toEqual({
      'team/of': facts.experiment_tag,
    });
    expect((await client.findRegisteredModel('m1'))?.tags).toEqual({ team: 'rig', 'a/b': 'first\nsecond' });
  });

  it('is read with the version that comes of a logged model', async () => {
    expect(await client.getModelVersion('m2', '1')).toMatchObject({
      source: `models:/${facts.model_id}`,
      runId: facts.tuning_id,
    });
    const { artifactUri } = await client.getLoggedModel(facts.model_id);
    expect(artifactUri).toMatch(/^file:.*python-mlruns\/\d+\/models\/m-[0-9a-f]+\/artifacts$/);
  });

  it('is read with its versions, without the deleted one', async () => {
    const versions = (await client.listModelVersions('m1')).reverse();
    expect(versions.map(({ version }) => version)).toEqual(['2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(versions.map(({ description }) => description)).toEqual(facts.descriptions.slice(1));
    expect(versions[0]).toMatchObject({ currentStage: 'Staging', aliases: ['champion'], tags: { a: 'b' } });
    await expect(client.getModelVersion('m1', '1')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    expect((await client.findRegisteredModel('m1'))?.description).toBe("it's: a model");
  });
});
