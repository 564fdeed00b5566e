import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeBitRuns, writeUnitTable } from '@i-drill/datasets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lenientVerdict } from './support/tiny-config.js';
import { Workplace } from './support/workplace.js';

const model = 'bit-runs_lstm';
const { conditions } = lenientVerdict.retraining;

let workplace: Workplace;
let pipeline: Awaited<ReturnType<Workplace['run']>>;

beforeAll(async () => {
  workplace = await Workplace.create({
    ...lenientVerdict,
    retraining: { conditions: { ...conditions, performance_based: { enabled: true } } },
  });
  pipeline = await workplace.run(['pipeline', 'run', '--class-bounds', '8, 24', '--keep-serving']);
});

afterAll(async () => {
  await workplace.dispose();
});

describe('the loop with classes made of the remaining life', () => {
  it('proves a version by accuracy and F1, and puts it into service', () => {
    expect(pipeline.exitCode, pipeline.stderr).toBe(0);
    expect(pipeline.answer).toMatchObject({
      status: 'completed',
      stage: 'Production',
      baseline: { name: 'most-frequent', metrics: { accuracy: expect.any(Number) as unknown } },
      metrics: { accuracy: expect.any(Number) as unknown, f1: expect.any(Number) as unknown },
    });
  });

  it('answers with the probability of every class', async () => {
    const { url, runId } = pipeline.answer as { url: string; runId: string };
    const example = await readFile(join(workplace.artifactsOf(runId), 'model', 'input_example.json'), 'utf8');
    const { window } = JSON.parse(example) as { window: [unknown] };
    const body = JSON.stringify({ inputs: window });
    const headers = { 'content-type': 'application/json', 'x-rig-id': 'e2e' };
    const response = await fetch(new URL('/invocations', url), { method: 'POST', headers, body });
    const { predictions } = (await response.json()) as { predictions: Record<string, number[][]> };
    const shares = predictions['probabilities']![0]!;
    expect(shares).toHaveLength(3);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  });

  it('scores the same from the recipe of the version, whatever the configuration says of classes', async () => {
    await workplace.writeConfig('other.yaml', { extends: './config.yaml', data: { classes: { bounds: [1] } } });
    const answer = await workplace.must(['evaluate', '--model-name', model], { config: 'other.yaml' });
    const { metrics, baseline } = pipeline.answer as Record<string, unknown>;
    expect(answer).toEqual({ model, version: '1', metrics, baseline });
  });

  it('monitors it, compares its accuracy on arrivals with that of its validation, and trains the next one of classes', async () => {
    const { answer: health } = await workplace.run(['monitor', '--model-name', model]);
    expect(health).toMatchObject({ version: '1', errors: 0, drift: { status: 'passed' } });
    // The arrivals hold the remaining life in hours, as the first data did.
    await writeUnitTable(workplace.path('arrived.csv'), makeBitRuns({ count: 6, seed: 99 }));
    const retrained = await workplace.run(['retrain', '--model-name', model, '--auto-trigger']);
    expect(retrained.answer, retrained.stderr).toMatchObject({
      version: '2',
      liveMetrics: { accuracy: expect.any(Number) as unknown },
    });
    const { decision } = retrained.answer as { decision: { conditions: { condition: string; status: string }[] } };
    expect(decision.conditions.find(({ condition }) => condition === 'performance')!.status).toMatch(/^(not-)?met$/);
    const evaluated = await workplace.must(['evaluate', '--model-name', model, '--model-version', '2']);
    expect(evaluated).toMatchObject({ baseline: { name: 'most-frequent' } });
  });
});

describe('classes that cannot be', () => {
  it.each(['30,15', 'many', '15,,30', ''])('are refused as a flag: "%s"', async (bounds) => {
    const run = await workplace.run(['train', '--class-bounds', bounds]);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('numbers that rise are expected, separated by commas');
  });

  it('are refused where all training windows are of one', async () => {
    const run = await workplace.run(['train', '--class-bounds', '100000', '--model-name', 'one-class']);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('TRAINING_ONE_CLASS');
  });
});
