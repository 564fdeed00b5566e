import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeBitRuns, writeUnitTable } from '@i-drill/datasets';
import { openMlflow } from 'mlflow-client-ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/client.js';
import { expectRefusal } from './support/refusal.js';
import { lenientVerdict } from './support/tiny-config.js';
import { Workplace } from './support/workplace.js';

const runs = makeBitRuns({ count: 24, seed: 11 });

let workplace: Workplace;

beforeAll(async () => {
  workplace = await Workplace.create({ ...lenientVerdict, data: { table: { window_length: 8 } } });
  await workplace.writeConfig('streaming.yaml', {
    extends: './config.yaml',
    data: { table: { rows_in_memory: 1200 } },
  });
  const lstm = { ...lenientVerdict.training.models.lstm, epochs: 20, patience: 20, stride: 1 };
  await workplace.writeConfig('long.yaml', { extends: './streaming.yaml', training: { models: { lstm } } });
  await writeUnitTable(workplace.path('runs.csv'), runs);
});

afterAll(async () => {
  await workplace.dispose();
});

/** Trains on the file, and gives the parameters of the run with its answer. */
async function train(model: string, config: string): Promise<{ params: Record<string, string>; mae: number }> {
  const args = ['train', '--dataset', 'table', '--data', 'runs.csv', '--model-name', model];
  const { runId, metrics } = (await workplace.must(args, { config })) as { runId: string; metrics: { mae: number } };
  const store = openMlflow({ trackingUri: `file:${workplace.path('mlruns')}`, env: {} });
  return { params: { ...(await store.getRun(runId)).params }, mae: metrics.mae };
}

describe('a table of one’s own', () => {
  it('is trained on, held in memory or read meanwhile, to about the same error', async () => {
    const held = await train('held', 'config.yaml');
    const streamed = await train('streamed', 'streaming.yaml');
    expect(held.params).toMatchObject({ dataset: 'runs.csv/train', train_streamed: 'no' });
    expect(streamed.params['dataset']).toBe('runs.csv/train-sample');
    expect(streamed.params['train_streamed']).toMatch(/^\d{4} rows of 11 units$/);
    expect(streamed.mae / held.mae).toBeGreaterThan(0.6);
    expect(streamed.mae / held.mae).toBeLessThan(1.6);
  });

  it('is found again by the version, to be judged and scored on the same rows', async () => {
    for (const [model, config] of [
      ['held', 'config.yaml'],
      ['streamed', 'streaming.yaml'],
    ] as const) {
      // prettier-ignore
      const version = ['--model-name', model, '--model-version', '1'];
      expect(await workplace.must(['validate', ...version], { config })).toMatchObject({
        verdict: { status: 'passed' },
      });
      expect(await workplace.must(['evaluate', ...version], { config })).toMatchObject({
        baseline: { name: 'mean-life' },
      });
    }
  });

  it('gives the model of an uninterrupted training after it was killed while it read', async () => {
    const digestOf = async (args: readonly string[]): Promise<string> => {
      const { runId } = (await workplace.must(args, { config: 'long.yaml' })) as { runId: string };
      const model = await readFile(join(workplace.artifactsOf(runId), 'model/model.onnx'));
      return createHash('sha256').update(model).digest('hex');
    };
    const command = ['train', '--dataset', 'table', '--data', 'runs.csv', '--model-name', 'long'];
    const first = workplace.start([...command, '--checkpoint', 'c.checkpoint'], { config: 'long.yaml' });
    await until('a checkpoint', () => Promise.resolve(existsSync(workplace.path('c.checkpoint')) || undefined));
    first.kill();
    expect((await first.ended).exitCode).toBeNull(); // it was killed before it was done
    expect(await digestOf([...command, '--checkpoint', 'c.checkpoint'])).toBe(await digestOf(command));
  });

  it('is refused when it is not what the version was trained on, or is gone', async () => {
    const version = ['--model-name', 'streamed', '--model-version', '1'];
    await writeUnitTable(workplace.path('other.csv'), makeBitRuns({ count: 24, seed: 12 }));
    expectRefusal(await workplace.run(['validate', ...version, '--data', 'other.csv'], { config: 'streaming.yaml' }), {
      exitCode: 2,
      code: 'WORKFLOW_DATA_CHANGED',
      says: ['fingerprint'],
    });
    await rm(workplace.path('runs.csv'));
    expectRefusal(await workplace.run(['validate', ...version], { config: 'streaming.yaml' }), {
      exitCode: 2,
      code: 'DATASET_FILE_MISSING',
      says: ['runs.csv'],
    });
  });
});
