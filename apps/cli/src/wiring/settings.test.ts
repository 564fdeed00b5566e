import { join } from 'node:path';
import { loadConfig, type MlopsConfig } from '@i-drill/config';
import { describe, expect, it } from 'vitest';
import { canarySettings, driftSettings, retrainingSettings } from './settings.js';
import { validationSettings } from './validation-settings.js';

const folder = join(import.meta.dirname, '../../../../config');
const config = loadConfig({ path: join(folder, 'mlops_config.yaml'), env: {} });
const production = loadConfig({
  path: join(folder, 'profiles/production.yaml'),
  env: { MLFLOW_TRACKING_URI: 'https://mlflow.example' },
});

const block = { failed: 'block', inconclusive: 'block', error: 'block' };
const warn = { failed: 'warn', inconclusive: 'warn', error: 'block' };

describe('settings from the shipped configuration', () => {
  it('monitoring.drift becomes drift limits: the threshold is a distance', () => {
    expect(driftSettings(config.monitoring.drift)).toEqual({
      alpha: 0.05,
      minDistance: 0.15,
      minEffectiveSize: 8,
      maxDriftedShare: 0.1,
    });
  });

  it('deployment becomes a canary in shares and milliseconds', () => {
    expect(canarySettings(config)).toEqual({
      steps: [0.1, 0.4, 0.7, 1].map((share) => ({ share, watchMs: 6000 })),
      minRequests: 60,
      maxInconclusive: 3,
      limits: { errorRate: 0.05, latencyP95Ms: 1000 },
      health: { intervalMs: 1000, timeoutMs: 5000, maxRetries: 3 },
    });
  });

  it('the production profile grows by tenths, half an hour each', () => {
    const { steps, health } = canarySettings(production);
    expect(steps.map(({ share }) => share)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(new Set(steps.map(({ watchMs }) => watchMs))).toEqual(new Set([1_800_000]));
    expect(health.intervalMs).toBe(10_000);
  });

  it('retraining becomes the four conditions and the cooldown', () => {
    expect(retrainingSettings(config)).toEqual({
      timeBased: { enabled: true, intervalDays: 30 },
      performanceBased: { enabled: true, degradationThreshold: 0.1 },
      driftBased: { enabled: true, driftThreshold: 0.1 },
      dataAvailability: { enabled: true, minSamples: 1000 },
      cooldownHours: 0,
    });
    expect(retrainingSettings(production).cooldownHours).toBe(24);
  });

  it('validation becomes limits, rules and tolerances, each with its consequences', () => {
    expect(validationSettings(config)).toEqual({
      thresholds: {
        limits: { r2_score: 0.5, mean_absolute_error: 100, accuracy: 0.7, f1_score: 0.6 },
        consequences: block,
      },
      baseline: { minImprovement: 0, minUnits: 5, consequences: block },
      consistency: { tolerance: 1e-6, consequences: block },
      export: { tolerance: 1e-5, consequences: block },
      dataQuality: {
        missingValues: { maxShare: 0, consequences: block },
        outliers: { maxShare: 0.02, robustSds: 6, consequences: warn },
        constantColumns: { consequences: warn },
        valueRanges: { columns: {}, consequences: block },
        monotone: { columns: {}, consequences: block },
        size: { minUnits: 1, minRows: 100, consequences: block },
      },
      drift: {
        settings: { alpha: 0.05, minDistance: 0.15, minEffectiveSize: 8, maxDriftedShare: 0.1 },
        consequences: warn,
      },
    });
  });

  it('leaves groups of checks out that are switched off', () => {
    const { validation } = config;
    const switchedOff: MlopsConfig = {
      ...config,
      validation: {
        ...validation,
        data_validation: { ...validation.data_validation, enabled: false },
        drift_detection: { ...validation.drift_detection, enabled: false },
      },
    };
    const settings = validationSettings(switchedOff);
    expect(settings).not.toHaveProperty('dataQuality');
    expect(settings).not.toHaveProperty('drift');
    expect(settings).toHaveProperty('baseline');
  });
});
