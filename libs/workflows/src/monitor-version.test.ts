import { smokeTestRig } from '@i-drill/deployment';
import { defaultDriftSettings } from '@i-drill/drift';
import type { MonitoringReport, PredictionRecord } from '@i-drill/monitoring';
import type { ModelVersion } from '@i-drill/registry';
import { beforeEach, describe, expect, it } from 'vitest';
import { monitorVersion, type MonitorRequest } from './monitor-version.js';
import { openScene, perfect, registeredVersion, type Scene } from './testing/scene.js';
import { bitRuns } from './testing/small-data.js';

const settings: MonitorRequest['settings'] = {
  limits: { errorRate: 0.1, latencyP95Ms: 100, successRate: 0.9 },
  drift: { ...defaultDriftSettings, minEffectiveSize: 2 },
  minPredictions: 5,
};

let scene: Scene;
let version: ModelVersion;

beforeEach(async () => {
  scene = openScene();
  version = await registeredVersion(scene, perfect);
});

/** The rows of bit runs as they would be logged, one window of one row each. */
function logged(lives: readonly number[], shift = 0): PredictionRecord[] {
  return bitRuns('live', lives).segments.flatMap((segment) =>
    Array.from({ length: segment.rows }, (_, row) => ({
      at: row,
      requestId: `${segment.unit}-${row}`,
      model: 'bit-life',
      version: '1',
      arm: 'stable',
      environment: 'test',
      rig: segment.unit,
      latencyMs: 3,
      ok: true,
      inputs: [Array.from(segment.features.subarray(2 * row, 2 * row + 2), (value) => value + shift)],
      output: 1,
    })),
  );
}

const lives = [8, 20, 12, 16, 10, 18]; // those of the training part

function monitor(records: readonly PredictionRecord[], experiment?: string): Promise<MonitoringReport> {
  const window = { fromMs: 0, toMs: 100 };
  const request = { version, records, settings, ...window };
  return monitorVersion(scene.ports, experiment === undefined ? request : { ...request, experiment });
}

describe('monitorVersion()', () => {
  it('finds rigs like those of training healthy', async () => {
    expect(await monitor(logged(lives))).toMatchObject({ status: 'healthy', predictions: 84, errors: 0 });
  });

  it('holds the inputs against the reference stored with the version', async () => {
    const report = await monitor(logged(lives, 50));
    expect(report.status).toBe('unhealthy');
    expect(report.drift).toMatchObject({ status: 'failed', driftedShare: 1 });
  });

  it.each([
    ['of another version', { version: '2' }],
    ['of another model', { model: 'other' }],
    ['of smoke tests', { rig: smokeTestRig }],
  ])('leaves records %s out', async (_what, change) => {
    const foreign = logged([30]).map((record) => ({ ...record, ok: false, ...change }));
    expect(await monitor([...logged(lives), ...foreign])).toMatchObject({ predictions: 84, errors: 0 });
  });

  it('knows nothing when nothing of this version was logged', async () => {
    const foreign = logged(lives).map((record) => ({ ...record, version: '2' }));
    expect(await monitor(foreign)).toMatchObject({ status: 'unknown', predictions: 0 });
  });

  it('logs health, figures and the whole report to the experiment', async () => {
    const report = await monitor(logged(lives), 'monitoring');
    const run = scene.store.runs.at(-1)!;
    expect(run).toMatchObject({
      experimentId: 'experiment monitoring',
      runName: 'bit-life-monitor',
      status: 'FINISHED',
    });
    expect(run.tags).toMatchObject({
      'i_drill.model': 'bit-life',
      'i_drill.version': '1',
      'i_drill.health': 'healthy',
      'i_drill.reasons': 'every limit is kept',
    });
    const { metrics } = await scene.store.getRun(run.runId);
    expect(metrics).toMatchObject({ total_predictions: 84, error_rate: 0, p95_latency_ms: 3, healthy: 1 });
    expect(JSON.parse(await scene.store.text(run.runId, 'monitoring/report.json'))).toEqual(report);
  });

  it('opens no run when no experiment is named', async () => {
    await monitor(logged(lives));
    expect(scene.store.runs).toHaveLength(1); // the one the version came from
  });

  it('refuses a version whose reference cannot be read', async () => {
    scene.store.runs[0]!.artifacts.delete('model/reference_profile.json');
    await expect(monitor(logged(lives))).rejects.toMatchObject({ code: 'WORKFLOW_ARTIFACT_UNREADABLE' });
  });
});
