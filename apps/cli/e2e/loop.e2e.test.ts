import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeBitRuns, writeUnitTable } from '@i-drill/datasets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from './support/client.js';
import { listingOf } from './support/listing.js';
import { expectRefusal, type Refusal } from './support/refusal.js';
import { lenientVerdict } from './support/tiny-config.js';
import { Workplace } from './support/workplace.js';

const model = 'bit-runs_lstm';
let workplace: Workplace;
let pipeline: Awaited<ReturnType<Workplace['run']>>;
let url: string;
let window: unknown;
/** The lines of a good table of labelled arrivals: a header and the rows of three bit runs. */
let arrivals: string[];

beforeAll(async () => {
  workplace = await Workplace.create(lenientVerdict);
  // A check of the service is a run of its own; without it the store must stay byte for byte what it was.
  await workplace.writeConfig('quiet.yaml', {
    extends: './config.yaml',
    monitoring: { model_metrics: { log_to_mlflow: false } },
  });
  pipeline = await workplace.run(['pipeline', 'run', '--model_type', 'lstm', '--keep-serving']);
  const { runId, ...answer } = pipeline.answer as { url: string; runId: string };
  url = answer.url;
  const example = await readFile(join(workplace.artifactsOf(runId), 'model', 'input_example.json'), 'utf8');
  [window] = (JSON.parse(example) as { window: [unknown] }).window;
  await writeUnitTable(workplace.path('good.csv'), makeBitRuns({ count: 3, seed: 99 }));
  arrivals = (await readFile(workplace.path('good.csv'), 'utf8')).trim().split('\n');
});

afterAll(async () => {
  await workplace.dispose();
});

describe('one turn of the loop', () => {
  it('ends with a proven version in Production and in service', async () => {
    expect(pipeline.exitCode, pipeline.stderr).toBe(0);
    expect(pipeline.answer).toMatchObject({
      status: 'completed',
      model,
      version: '1',
      verdict: 'passed',
      rollout: 'promoted',
      stage: 'Production',
      baseline: { name: 'mean-life' },
    });
    expect(await ask(url, window)).toEqual({ status: 200, version: '1' });
  });

  it('answers with the interval of the prediction, and never below no life at all', async () => {
    const headers = { 'content-type': 'application/json', 'x-rig-id': 'e2e' };
    const body = JSON.stringify({ inputs: [window, window] });
    const response = await fetch(new URL('/invocations', url), { method: 'POST', headers, body });
    const { predictions } = (await response.json()) as { predictions: Record<string, [[number], [number]]> };
    expect(Object.keys(predictions).toSorted()).toEqual(['lower', 'prediction', 'upper']);
    const [prediction, lower, upper] = ['prediction', 'lower', 'upper'].map((name) => predictions[name]!.flat());
    for (const i of [0, 1]) {
      expect(lower![i]).toBeGreaterThanOrEqual(0);
      expect(upper![i]).toBeGreaterThan(lower![i]!);
      expect(Math.max(0, prediction![i]!)).toBeGreaterThanOrEqual(lower![i]!);
      expect(prediction![i]).toBeLessThanOrEqual(upper![i]!);
    }
  });

  it('goes on serving when a later pipeline run cannot read its data', async () => {
    const before = await workplace.service(model);
    const run = await workplace.run([
      ...['pipeline', 'run', '--model-name', model],
      ...['--dataset', 'cmapss', '--data', workplace.path('nowhere')],
    ]);
    expectRefusal(run, { exitCode: 2, code: 'DATASET_FILE_MISSING', says: ['nowhere'] });
    expect(await workplace.service(model)).toEqual(before);
    expect(await ask(url, window)).toEqual({ status: 200, version: '1' });
  });

  it('waits in Staging, without traffic, where a person is to deploy', async () => {
    await workplace.writeConfig('attended.yaml', {
      extends: './config.yaml',
      mlflow: { promotion: { auto_promote: false } },
    });
    const run = await workplace.run(['pipeline', 'run', '--model-name', 'attended'], { config: 'attended.yaml' });
    expect(run.answer).toMatchObject({
      status: 'stopped',
      stopped: { step: 'deploy', reason: expect.stringContaining('i-drill deploy') as unknown },
      verdict: 'passed',
      rollout: null,
      stage: 'Staging',
    });
    expect(run.exitCode).toBe(1);
    expect(await workplace.service('attended')).toBeUndefined();
  });

  it('can be scored again, with the same figures', async () => {
    const answer = await workplace.must(['evaluate', '--model-name', model]);
    const { metrics, baseline } = pipeline.answer as Record<string, unknown>;
    expect(answer).toEqual({ model, version: '1', metrics, baseline });
  });

  it('is told by status: version, verdict, promotions, service', async () => {
    const answer = await workplace.must(['status', '--model-name', model]);
    expect(answer).toMatchObject({
      versions: [{ version: '1', stage: 'Production', aliases: ['production'], verdict: 'passed' }],
      promotions: [{ to: 'Staging' }, { from: 'Staging', to: 'Production' }],
      service: { router: { url, reachable: true }, arms: [{ role: 'stable', share: 1, alive: true }], problems: [] },
    });
  });
});

describe('monitor', () => {
  it('ends with 0 only when the service is healthy', async () => {
    const { exitCode, answer } = await workplace.run(['monitor', '--model-name', model]);
    expect(answer).toMatchObject({ model, version: '1', status: 'healthy', errors: 0, drift: { status: 'passed' } });
    expect(exitCode).toBe(0);
  });

  it('does not take a window without predictions for a healthy one', async () => {
    const args = ['monitor', '--model-name', model, '--window-hours', '0.00001'];
    const { exitCode, answer } = await workplace.run(args, { config: 'quiet.yaml' });
    expect(answer).toMatchObject({ status: 'unknown', predictions: 0, errorRate: null });
    expect(exitCode).toBe(1);
  });

  it('ends with 1 when a limit is broken', async () => {
    await workplace.writeConfig('strict.yaml', {
      extends: './quiet.yaml',
      monitoring: { alerts: { thresholds: { latency_p95_ms: 0.001 } } },
    });
    const { exitCode, answer } = await workplace.run(['monitor', '--model-name', model], { config: 'strict.yaml' });
    expect(answer).toMatchObject({ status: 'unhealthy' });
    expect(exitCode).toBe(1);
  });
});

describe('retrain --check-only', () => {
  const check = ['retrain', '--model-name', model, '--check-only'];

  /** Checks with a table of arrivals that must be refused; store and service stay as they were. */
  async function expectTableRefused(lines: readonly string[], refusal: Refusal): Promise<void> {
    await workplace.write('arrived.csv', lines.map((line) => `${line}\n`).join(''));
    const before = { store: await listingOf(workplace.path('mlruns')), service: await workplace.service(model) };
    expectRefusal(await workplace.run(check, { config: 'quiet.yaml' }), refusal);
    expect(await listingOf(workplace.path('mlruns'))).toEqual(before.store);
    expect(await workplace.service(model)).toEqual(before.service);
    expect(await ask(url, window)).toEqual({ status: 200, version: '1' });
  }

  it('keeps the version while there is no reason against it', async () => {
    const { exitCode, answer } = await workplace.run(check);
    expect(answer).toMatchObject({ decision: { decision: 'keep' }, newRows: 0 });
    expect(exitCode).toBe(0);
  });

  it('ends with 1 when enough labelled rows came in, and trains nothing', async () => {
    await workplace.write('arrived.csv', `${arrivals.join('\n')}\n`);
    const { exitCode, answer } = await workplace.run(check);
    expect(answer).toMatchObject({
      decision: {
        decision: 'retrain',
        conditions: expect.arrayContaining([
          expect.objectContaining({ condition: 'data', status: 'met', value: arrivals.length - 1 }),
        ]) as unknown,
      },
      newRows: arrivals.length - 1,
    });
    expect(exitCode).toBe(1);
    expect(await workplace.must(['status', '--model-name', model])).toMatchObject({ versions: [{ version: '1' }] });
  });

  it('refuses an empty table', () =>
    expectTableRefused([], { exitCode: 2, code: 'DATASET_EMPTY', says: ['arrived.csv', '0 bytes'] }));

  it('refuses a table of which only the header is there', () =>
    expectTableRefused(arrivals.slice(0, 1), { exitCode: 2, code: 'DATASET_EMPTY', says: ['arrived.csv', 'no row'] }));

  it('names a column that is missing and the one that is there instead', () =>
    expectTableRefused([(arrivals[0] ?? '').replace('surface_torque', 'surface_torqe'), ...arrivals.slice(1)], {
      exitCode: 2,
      code: 'DATASET_COLUMNS',
      says: ['arrived.csv', '"surface_torque" (did you mean "surface_torqe"?)'],
    }));

  it('names a column without a single number', () =>
    expectTableRefused(
      arrivals.map((line, i) => (i === 0 ? line : line.replace(/^([^,]+),[^,]+/, '$1,NaN'))),
      { exitCode: 2, code: 'DATASET_COLUMN_NAN', says: ['arrived.csv', '"weight_on_bit"'] },
    ));

  it('refuses a single row', () =>
    expectTableRefused(arrivals.slice(0, 2), {
      exitCode: 2,
      code: 'DATASET_TOO_FEW_ROWS',
      says: ['arrived.csv', '1 row'],
    }));
});

describe('retrain --auto-trigger', () => {
  it('trains on the old data and the arrivals, judges version 2 and stages it beside the one in service', async () => {
    await workplace.write('arrived.csv', `${arrivals.join('\n')}\n`);
    const { exitCode, answer, stderr } = await workplace.run(['retrain', '--model-name', model, '--auto-trigger']);
    expect(exitCode, stderr).toBe(0);
    expect(answer).toMatchObject({
      decision: { decision: 'retrain' },
      version: '2',
      verdict: 'passed',
      promoted: true,
    });
    expect(await workplace.must(['status', '--model-name', model])).toMatchObject({
      versions: expect.arrayContaining([
        expect.objectContaining({ version: '1', stage: 'Production' }),
        expect.objectContaining({ version: '2', stage: 'Staging', aliases: ['staging'] }),
      ]) as unknown,
    });
    expect(await ask(url, window)).toEqual({ status: 200, version: '1' });
  });
});
