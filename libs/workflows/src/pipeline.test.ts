import type { CheckResult } from '@i-drill/core';
import { describe, expect, it } from 'vitest';
import type { MonitoringReport } from '@i-drill/monitoring';
import type { ModelVersion } from '@i-drill/registry';
import type { RetrainingCheck } from './decide-retraining.js';
import type { DeployedVersion } from './deploy-version.js';
import { runPipeline, type PipelineSteps } from './pipeline.js';
import type { TrainedVersion } from './train-version.js';
import type { ValidatedVersion } from './validate-version.js';

const fresh = { name: 'bit-life', version: '1', currentStage: 'None' } as ModelVersion;
const staged = { ...fresh, runId: 'r1', currentStage: 'Staging' } as ModelVersion;
const report = { status: 'healthy' } as MonitoringReport;

function check(status: CheckResult['status'], name: string, failed: 'block' | 'warn'): CheckResult {
  const consequences = { failed, inconclusive: failed, error: failed };
  return { check: name, status, reason: `because of ${name}`, measurements: [], consequences };
}

/** Steps that note what they were given. */
function steps(promoted: boolean, outcome: 'promoted' | 'rolledBack'): { given: unknown[][]; steps: PipelineSteps } {
  const given: unknown[][] = [];
  const note = <T>(value: T, ...what: unknown[]): Promise<T> => {
    given.push(what);
    return Promise.resolve(value);
  };
  const checks = [
    check('failed', 'metrics.mae', 'block'),
    check('failed', 'drift', 'warn'),
    check('passed', 'export', 'block'),
  ];
  const verdict = { status: promoted ? 'passed' : 'failed', checks };
  return {
    given,
    steps: {
      train: () => note({ version: fresh } as TrainedVersion, 'train'),
      validate: (version) =>
        note(
          { version: staged, promoted, verdict, reportPath: 'validation/v/report.html' } as unknown as ValidatedVersion,
          'validate',
          version,
        ),
      deploy: (version) =>
        note({ outcome: { outcome, reason: 'too many errors' } } as unknown as DeployedVersion, 'deploy', version),
      monitor: (version) => note(report, 'monitor', version),
      retrain: (version, monitoring) => note({ newRows: 0 } as RetrainingCheck, 'retrain', version, monitoring),
    },
  };
}

describe('runPipeline()', () => {
  it('runs every step in order, and passes on the version as validation left it', async () => {
    const { given, steps: all } = steps(true, 'promoted');
    const outcome = await runPipeline(all);
    expect(given).toEqual([
      ['train'],
      ['validate', fresh],
      ['deploy', staged],
      ['monitor', staged],
      ['retrain', staged, report],
    ]);
    expect(outcome).toMatchObject({ status: 'completed', monitoring: report, retraining: { newRows: 0 } });
    expect(outcome).not.toHaveProperty('stopped');
  });

  it('stops at a verdict that did not promote, naming the checks that stop it and no others', async () => {
    const { given, steps: all } = steps(false, 'promoted');
    const outcome = await runPipeline(all);
    expect(given.map(([step]) => step)).toEqual(['train', 'validate']);
    expect(outcome).toMatchObject({
      status: 'stopped',
      stopped: { step: 'validate', reason: 'verdict failed: metrics.mae failed (because of metrics.mae)' },
    });
    expect(outcome).not.toHaveProperty('deployed');
  });

  it('stops with the version in Staging, before any traffic moves, when a person is to deploy', async () => {
    const { given, steps: all } = steps(true, 'promoted');
    const outcome = await runPipeline(all, { deployUnattended: false });
    expect(given.map(([step]) => step)).toEqual(['train', 'validate']);
    expect(outcome).toMatchObject({
      status: 'stopped',
      stopped: {
        step: 'deploy',
        reason:
          'version 1 waits in Staging: look at its report (validation/v/report.html of run r1), then run ' +
          '`i-drill deploy --model-name bit-life --model-version 1`: it moves traffic and, if the canary holds, promotes to Production',
      },
      validated: { promoted: true },
    });
    expect(outcome).not.toHaveProperty('deployed');
  });

  it('names the verdict, not the waiting, when a version that a person would deploy did not pass', async () => {
    const outcome = await runPipeline(steps(false, 'promoted').steps, { deployUnattended: false });
    expect(outcome.stopped?.step).toBe('validate');
  });

  it('deploys when told that nobody needs to look', async () => {
    const outcome = await runPipeline(steps(true, 'promoted').steps, { deployUnattended: true });
    expect(outcome.status).toBe('completed');
  });

  it('stops at a canary that was rolled back', async () => {
    const { given, steps: all } = steps(true, 'rolledBack');
    const outcome = await runPipeline(all);
    expect(given.map(([step]) => step)).toEqual(['train', 'validate', 'deploy']);
    expect(outcome).toMatchObject({ status: 'stopped', stopped: { step: 'deploy', reason: 'too many errors' } });
    expect(outcome).not.toHaveProperty('monitoring');
  });

  it('passes the error of a step on and runs no further step', async () => {
    const { given, steps: all } = steps(true, 'promoted');
    const error = new Error('no such data');
    await expect(runPipeline({ ...all, validate: () => Promise.reject(error) })).rejects.toBe(error);
    expect(given.map(([step]) => step)).toEqual(['train']);
  });
});
