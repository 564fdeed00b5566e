import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openMlflow } from 'mlflow-client-ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/client.js';
import { listingOf } from './support/listing.js';
import { expectRefusal, type Refusal } from './support/refusal.js';
import { tinySizes } from './support/tiny-config.js';
import { Workplace } from './support/workplace.js';

const model = 'bit-runs_lstm';
let workplace: Workplace;
let pipeline: Awaited<ReturnType<Workplace['run']>>;
let unjudged: { version: string; runId: string };

beforeAll(async () => {
  // The verdict is as strict as shipped; one epoch with a small step learns next to nothing.
  workplace = await Workplace.create({
    ...tinySizes,
    training: { models: { lstm: { ...tinySizes.training.models.lstm, learning_rate: 0.001 } } },
  });
  pipeline = await workplace.run(['pipeline', 'run', '--epochs', '1']);
  unjudged = (await workplace.must(['train', '--seed', '2'])) as typeof unjudged;
});

afterAll(async () => {
  await workplace.dispose();
});

/** Runs a command that must be refused and leave the store byte for byte as it was. */
async function expectRefusedUntouched(args: readonly string[], refusal: Refusal): Promise<void> {
  const before = await listingOf(workplace.path('mlruns'));
  expectRefusal(await workplace.run(args), refusal);
  expect(await listingOf(workplace.path('mlruns'))).toEqual(before);
  expect(await workplace.service(model)).toBeUndefined();
}

describe('a model that is not shown to beat the trivial answer', () => {
  it('stops the pipeline at its verdict with exit code 1, and starts no service', async () => {
    expect(pipeline.exitCode).toBe(1);
    expect(pipeline.answer).toMatchObject({
      status: 'stopped',
      stopped: { step: 'validate', reason: expect.stringContaining('mean-life') as unknown },
      version: '1',
      stage: 'None',
      rollout: null,
    });
    expect((pipeline.answer as { verdict: string }).verdict).not.toBe('passed');
    expect(await workplace.service(model)).toBeUndefined();
  });

  it('stays out of Staging, with verdict and report in its run', async () => {
    const answer = await workplace.must(['status', '--model-name', model]);
    expect(answer).toMatchObject({
      versions: expect.arrayContaining([
        expect.objectContaining({ version: '1', stage: 'None', aliases: [] }),
      ]) as unknown,
      promotions: [],
    });
    const { runId, report } = pipeline.answer as { runId: string; report: string };
    expect(await readFile(join(workplace.artifactsOf(runId), report), 'utf8')).toContain('mean-life');
  });

  it.each(['Staging', 'Production'])('cannot be promoted to %s by hand', (to) =>
    expectRefusedUntouched(
      ['promote', '--model-name', model, '--model-version', '1', '--to', to, '--why', 'it looks good'],
      {
        exitCode: 1,
        code: 'REGISTRY_NOT_VALIDATED',
        says: [model, 'version 1'],
      },
    ),
  );

  it('cannot be deployed', () =>
    expectRefusedUntouched(['deploy', '--model-name', model, '--model-version', '1'], {
      exitCode: 1,
      code: 'WORKFLOW_NOT_DEPLOYABLE',
      says: [`${model} version 1`, 'stage None', 'validate it first'],
    }));
});

describe('a version without a verdict', () => {
  it('cannot be promoted', () =>
    expectRefusedUntouched(
      ['promote', '--model-name', model, '--model-version', '2', '--to', 'Staging', '--why', 'in a hurry'],
      { exitCode: 1, code: 'REGISTRY_NOT_VALIDATED', says: [model, 'version 2'] },
    ));

  it('cannot be deployed', () =>
    expectRefusedUntouched(['deploy', '--model-name', model, '--model-version', '2'], {
      exitCode: 1,
      code: 'WORKFLOW_NOT_DEPLOYABLE',
      says: [`${model} version 2`],
    }));

  it('is not taken for the one in Staging: there is none', () =>
    expectRefusedUntouched(['deploy', '--model-name', model], {
      exitCode: 2,
      code: 'REGISTRY_VERSION_MISSING',
      says: ['"staging"', model],
    }));

  it('must be named by a number that exists', () =>
    expectRefusedUntouched(['validate', '--model-name', model, '--model-version', '9'], {
      exitCode: 2,
      code: 'REGISTRY_VERSION_MISSING',
      says: ['9', model],
    }));
});

describe('a model file that was changed after registration', () => {
  it('is not judged: both digests are named', async () => {
    await appendFile(join(workplace.artifactsOf(unjudged.runId), 'model', 'model.onnx'), ' ');
    await expectRefusedUntouched(['validate', '--model-name', model, '--model-version', unjudged.version], {
      exitCode: 1,
      code: 'WORKFLOW_DIGEST_MISMATCH',
      says: [`${model} version ${unjudged.version}`, 'model.onnx', 'SHA-256', 'train and register again'],
    });
  });
});

describe('Ctrl-C during training', () => {
  it('saves the model so far in a killed run, registers nothing and ends with 1', async () => {
    const endless = { ...tinySizes.training.models.lstm, epochs: 100_000, patience: 100_000 };
    await workplace.writeConfig('endless.yaml', { ...tinySizes, training: { models: { lstm: endless } } });
    const training = workplace.start(['train', '--model-name', 'interrupted'], { config: 'endless.yaml' });
    const store = openMlflow({ trackingUri: `file:${workplace.path('mlruns')}` });
    const runId = await until('an epoch of the training', async () => {
      const experiment = await store.findExperimentByName('i-drill-training');
      const runs = await store.searchRuns({ experimentIds: [experiment?.experimentId ?? '0'] }).all();
      return runs.find(({ status, metrics }) => status === 'RUNNING' && 'train_loss' in metrics)?.runId;
    });
    training.interrupt();
    const result = await training.ended;

    expectRefusal(result, { exitCode: 1, code: 'WORKFLOW_INTERRUPTED', says: ['interrupted', runId] });
    expect((await store.getRun(runId)).status).toBe('KILLED');
    expect(await store.downloadArtifact(runId, 'model/model.onnx')).not.toHaveLength(0);
    expect(await store.findRegisteredModel('interrupted')).toBeUndefined();
  });
});
