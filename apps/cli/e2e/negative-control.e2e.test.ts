import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openMlflow } from 'mlflow-client-ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeNoise } from './support/noise-file.js';
import { tinySizes } from './support/tiny-config.js';
import { Workplace } from './support/workplace.js';

const published = join(import.meta.dirname, '../../../../shared/data/idrill_synthetic');
const folders = [
  'noise',
  // The published file lies outside the repository; where it is not, the same kind of noise has to do.
  ...(existsSync(join(published, 'master_dataset.parquet')) ? [published] : []),
];
const modelTypes = ['lstm', 'transformer', 'cnn-lstm'];

let workplace: Workplace;

beforeAll(async () => {
  workplace = await Workplace.create(tinySizes); // the verdict is as strict as shipped
  await mkdir(workplace.path('noise'));
  await writeNoise(workplace.path('noise/master_dataset.parquet'), 2000);
});

afterAll(async () => {
  await workplace.dispose();
});

describe.each(folders)('on noise from %s', (folder) => {
  it.each(modelTypes)('a %s is refused by its verdict, and no traffic is moved', async (modelType) => {
    const run = await workplace.run([
      ...['pipeline', 'run', '--model-type', modelType, '--dataset', 'idrill-synthetic', '--data', folder],
      ...['--model-name', `noise-${modelType}`, '--limit-units', '20'],
    ]);
    expect(run.exitCode, run.stderr).toBe(1);
    expect(run.answer, run.stderr).toMatchObject({
      status: 'stopped',
      stopped: { step: 'validate', reason: expect.stringContaining('metrics.r2 failed') as unknown },
      stage: 'None',
      rollout: null,
    });
    const { verdict, metrics } = run.answer as { verdict: string; metrics: { r2: number } };
    expect(verdict).toBe('failed');
    expect(metrics.r2).toBeLessThan(0.05); // nothing to learn: more would be a leak
    expect(await workplace.service(`noise-${modelType}`)).toBeUndefined();
    const store = openMlflow({ trackingUri: `file:${workplace.path('mlruns')}`, env: {} });
    const versions = await store.listModelVersions(`noise-${modelType}`);
    expect(versions.map(({ currentStage }) => currentStage)).toEqual(versions.map(() => 'None'));
    expect(versions.length).toBeGreaterThan(0);
  });
});
