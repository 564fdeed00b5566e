import type { Consequences } from '@i-drill/core';
import { defaultDriftSettings } from '@i-drill/drift';
import { createRng } from '@i-drill/numerics';
import { promoteVersion, promotionHistory, readVerdict, type ModelVersion } from '@i-drill/registry';
import type { Verdict } from '@i-drill/validation';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Predictions } from './ports.js';
import type { Answer, Predictor } from './testing/fake-model-format.js';
import { openScene, perfect, recipe, registeredVersion, type Scene } from './testing/scene.js';
import { bitRuns, smallSplit } from './testing/small-data.js';
import {
  validateVersion,
  type ValidatedVersion,
  type ValidateRequest,
  type ValidationSettings,
} from './validate-version.js';

const block: Consequences = { failed: 'block', inconclusive: 'block', error: 'block' };
const warn: Consequences = { failed: 'warn', inconclusive: 'warn', error: 'warn' };

const settings: ValidationSettings = {
  thresholds: { limits: { mean_absolute_error: 1, r2_score: 0.5 }, consequences: block },
  baseline: { minImprovement: 0, minUnits: 5, consequences: block },
  consistency: { tolerance: 1e-6, consequences: block },
  export: { tolerance: 1e-4, consequences: block },
};

const always =
  (value: number): Predictor =>
  (_inputs, count) =>
    new Float32Array(count).fill(value);

function withEnds(prediction: Float32Array, margin: number): Required<Omit<Predictions, 'probabilities'>> {
  return {
    prediction,
    lower: prediction.map((value) => value - margin),
    upper: prediction.map((value) => value + margin),
  };
}

let scene: Scene;

beforeEach(() => {
  scene = openScene();
});

function validate(version: ModelVersion, changed: Partial<ValidateRequest> = {}): Promise<ValidatedVersion> {
  return validateVersion(scene.ports, {
    version,
    data: smallSplit(),
    dataFingerprint: recipe.fingerprint,
    settings,
    rng: createRng(1),
    who: 'ada',
    ...changed,
  });
}

function statuses({ verdict }: ValidatedVersion): Record<string, string> {
  return Object.fromEntries(verdict.checks.map(({ check, status }) => [check, status]));
}

describe('validateVersion() of a version that passes', () => {
  it('moves it to Staging and gives it back as it is then', async () => {
    const validated = await validate(await registeredVersion(scene, perfect));
    expect(statuses(validated)).toEqual({
      'metrics.r2': 'passed',
      'metrics.mae': 'passed',
      'baseline.mean-life': 'passed',
      consistency: 'passed',
      export: 'passed',
    });
    expect(validated).toMatchObject({ promoted: true, baseline: 'mean-life', verdict: { status: 'passed' } });
    expect(validated.version).toMatchObject({ currentStage: 'Staging', aliases: ['staging'] });
    const [promotion] = await promotionHistory(scene.store, 'bit-life');
    expect(promotion).toMatchObject({ to: 'Staging', who: 'ada', verdictId: validated.verdict.id, when: 1000 });
  });

  it('records the verdict with the version, and the report among the artifacts of its run', async () => {
    const { version, verdict, reportPath } = await validate(await registeredVersion(scene, perfect));
    expect(readVerdict(version)).toEqual({ status: 'passed', reportPath, at: 1000, verdictId: verdict.id });
    const stored = await scene.store.text(version.runId, `validation/${verdict.id}/verdict.json`);
    expect(JSON.parse(stored) as Verdict).toEqual(verdict);
    expect(await scene.store.text(version.runId, reportPath)).toContain('<!doctype html>');
    expect(verdict).toMatchObject({ dataFingerprint: 'whole-fingerprint', at: 1000 });
    expect(scene.format.openModels).toBe(0);
  });

  it('holds its intervals to the same answer every time, but for a step of the margin that a rounding took', async () => {
    const rounding: Answer = (inputs, count) => {
      const prediction = perfect(inputs, count);
      if (count < 8) prediction[0]! += 1e-6; // the edge of a bin lies between
      const { lower, upper } = withEnds(prediction, 2);
      if (count < 8) upper[0]! += 3;
      return { prediction, lower, upper };
    };
    const validated = await validate(await registeredVersion(scene, rounding));
    expect(statuses(validated)).toMatchObject({ consistency: 'passed', 'consistency.interval': 'passed' });
    expect(validated.promoted).toBe(true);
  });

  it('leaves a version that serves in Production where it is', async () => {
    const { version } = await validate(await registeredVersion(scene, perfect));
    await promoteVersion(scene.store, version, { to: 'Production', who: 'ada', at: 1, why: 'canary' });
    scene.clock.advance(1);
    const again = await validate(await scene.store.getModelVersion('bit-life', '1'));
    expect(again).toMatchObject({ promoted: false, verdict: { status: 'passed' } });
    expect(again.version).toMatchObject({ currentStage: 'Production', aliases: ['production'] });
  });
});

describe('validateVersion() of a version that does not pass', () => {
  async function expectStays(validated: ValidatedVersion, status: Verdict['status']): Promise<void> {
    expect(validated).toMatchObject({ promoted: false, verdict: { status } });
    expect(validated.version.currentStage).toBe('None');
    expect(readVerdict(validated.version)?.status).toBe(status);
    expect(await promotionHistory(scene.store, 'bit-life')).toEqual([]);
    expect(await scene.store.text(validated.version.runId, validated.reportPath)).toContain(status);
    expect(scene.format.openModels).toBe(0);
  }

  it('keeps a bad one where it is, the verdict on record', async () => {
    const validated = await validate(await registeredVersion(scene, always(100)));
    await expectStays(validated, 'failed');
    expect(statuses(validated)).toMatchObject({ 'metrics.mae': 'failed', 'baseline.mean-life': 'failed' });
  });

  it('keeps one that could not be told from the baseline', async () => {
    const { train, validation } = smallSplit();
    const data = { train, validation, test: bitRuns('test', [12]) }; // one unit: two or three blocks
    const limits = { mean_absolute_error: 100 };
    const lax = { ...settings, thresholds: { limits, consequences: block } };
    const baseline = { ...settings.baseline, minUnits: 20 };
    const version = await registeredVersion(scene, perfect);
    const validated = await validate(version, { data, settings: { ...lax, baseline } });
    await expectStays(validated, 'inconclusive');
    expect(statuses(validated)['baseline.mean-life']).toBe('inconclusive');
  });

  it('keeps one whose outputs are no numbers: that is an error, not a failure', async () => {
    const validated = await validate(await registeredVersion(scene, always(Number.NaN)), {
      settings: { ...settings, consistency: { tolerance: 1, consequences: warn } },
    });
    await expectStays(validated, 'error');
    expect(statuses(validated)).toMatchObject({ 'metrics.mae': 'error', 'baseline.mean-life': 'error' });
  });

  it('keeps one whose run does not know how far the export is off', async () => {
    const version = await registeredVersion(scene, perfect, { exportDifference: Number.NaN });
    const validated = await validate(version);
    await expectStays(validated, 'error');
    expect(statuses(validated)).toMatchObject({ export: 'error', 'metrics.mae': 'passed' });
  });

  it('keeps one whose export was too far off', async () => {
    const validated = await validate(await registeredVersion(scene, perfect, { exportDifference: 0.01 }));
    await expectStays(validated, 'failed');
    expect(statuses(validated)['export']).toBe('failed');
  });

  it('keeps one that answers differently in small batches', async () => {
    const moody: Predictor = (inputs, count) => perfect(inputs, count).map((value) => value + (count < 8 ? 0.01 : 0));
    const validated = await validate(await registeredVersion(scene, moody));
    await expectStays(validated, 'failed');
    expect(statuses(validated)).toMatchObject({ consistency: 'failed', 'metrics.mae': 'passed' });
  });

  it('keeps one whose intervals differ in small batches', async () => {
    const moody: Answer = (inputs, count) => withEnds(perfect(inputs, count), count < 8 ? 2.01 : 2);
    const validated = await validate(await registeredVersion(scene, moody));
    await expectStays(validated, 'failed');
    expect(statuses(validated)).toMatchObject({ consistency: 'passed', 'consistency.interval': 'failed' });
  });

  it('keeps one whose intervals end at no number', async () => {
    const endless: Answer = (inputs, count) => withEnds(perfect(inputs, count), Number.NaN);
    await expectStays(await validate(await registeredVersion(scene, endless)), 'failed');
  });

  it('lets a warning pass', async () => {
    const thresholds = { limits: { mean_absolute_error: -1 }, consequences: warn };
    const validated = await validate(await registeredVersion(scene, perfect), {
      settings: { ...settings, thresholds },
    });
    expect(statuses(validated)['metrics.mae']).toBe('failed');
    expect(validated).toMatchObject({ promoted: true, verdict: { status: 'passed' } });
  });

  it('checks the quality of the training and the test part when asked to', async () => {
    const dataQuality = { size: { minUnits: 7, minRows: 1, consequences: block } }; // 6 training, 8 test units
    const validated = await validate(await registeredVersion(scene, perfect), {
      settings: { ...settings, dataQuality },
    });
    await expectStays(validated, 'failed');
    const quality = Object.entries(statuses(validated)).filter(([check]) => /^(train|test)\./.test(check));
    expect(quality.filter(([, status]) => status === 'failed').map(([check]) => check.split('.')[0])).toEqual([
      'train',
    ]);
    expect(quality.some(([check]) => check.startsWith('test.'))).toBe(true);
  });

  it('compares the test inputs with the training reference when asked to', async () => {
    const drift = { settings: { ...defaultDriftSettings, minEffectiveSize: 1 }, consequences: block };
    const { train, validation, test } = smallSplit();
    const shifted = test.segments.map((segment) => ({ ...segment, features: segment.features.map((x) => x + 50) }));
    const data = { train, validation, test: { ...test, segments: shifted } };
    const request = { data, settings: { ...settings, drift } };
    expect(statuses(await validate(await registeredVersion(scene, perfect), request))).toMatchObject({
      drift: 'failed',
    });
  });
});

describe('validateVersion() of something that cannot be judged', () => {
  it('refuses a model file that is not the registered one, and leaves the version as it was', async () => {
    const version = await registeredVersion(scene, perfect);
    await scene.store.uploadArtifact(version.runId, 'model/model.onnx', scene.format.fileOf(always(0)));
    await expect(validate(version)).rejects.toMatchObject({
      code: 'WORKFLOW_DIGEST_MISMATCH',
      details: { registered: scene.ports.sha256('model 0'), digest: scene.ports.sha256('model 1') },
    });
    const after = await scene.store.getModelVersion('bit-life', '1');
    expect(after.currentStage).toBe('None');
    expect(readVerdict(after)).toBeUndefined();
  });

  it('refuses other data than those of the registration, and closes the model', async () => {
    const version = await registeredVersion(scene, perfect);
    await expect(validate(version, { dataFingerprint: 'other' })).rejects.toMatchObject({
      code: 'WORKFLOW_DATA_CHANGED',
      details: { found: 'other', registered: 'whole-fingerprint' },
    });
    expect(scene.format.openModels).toBe(0);
    expect(readVerdict(await scene.store.getModelVersion('bit-life', '1'))).toBeUndefined();
  });

  it.each(['model.onnx', 'reference_profile.json', 'dataset.json'])('names %s when it is gone', async (file) => {
    const version = await registeredVersion(scene, perfect);
    scene.store.runs[0]!.artifacts.delete(`model/${file}`);
    await expect(validate(version)).rejects.toMatchObject({
      code: 'WORKFLOW_ARTIFACT_UNREADABLE',
      details: { path: `model/${file}`, runId: 'run-1' },
      cause: { code: 'RESOURCE_DOES_NOT_EXIST' },
    });
    expect(scene.format.openModels).toBe(0);
  });

  it('names a companion file that is no JSON', async () => {
    const version = await registeredVersion(scene, perfect);
    await scene.store.uploadArtifact(version.runId, 'model/reference_profile.json', '{ half');
    await expect(validate(version)).rejects.toMatchObject({
      code: 'WORKFLOW_ARTIFACT_UNREADABLE',
      details: { path: 'model/reference_profile.json' },
    });
  });
});
