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
  run_name: string;
  run_id: string;
  descriptions: string[];
};

describe('a file store written by Python', () => {
  it('is read with its runs, metrics, params and datasets', async () => {
    const experiment = await client.findExperimentByName(facts.experiment_name);
    const [run, ...others] = await client.searchRuns({ experimentIds: [experiment?.experimentId ?? ''] });
    expect(others).toEqual([]);
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

  it('is read with its versions, without the deleted one', async () => {
    const versions = (await client.listModelVersions('m1')).reverse();
    expect(versions.map(({ version }) => version)).toEqual(['2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(versions.map(({ description }) => description)).toEqual(facts.descriptions.slice(1));
    expect(versions[0]).toMatchObject({ currentStage: 'Staging', aliases: ['champion'], tags: { a: 'b' } });
    await expect(client.getModelVersion('m1', '1')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    expect((await client.findRegisteredModel('m1'))?.description).toBe("it's: a model");
  });
});
