import { createRng } from '@i-drill/numerics';
import { promoteVersion, recordVerdict } from '@i-drill/registry';
import { balancedClassWeights, selectBackend } from '@i-drill/training';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { trivialBaseline } from './baselines.js';
import { checkRetraining } from './decide-retraining.js';
import { examOf, score } from './score.js';
import type { Answer } from './testing/fake-model-format.js';
import { openScene, recipe, registeredVersion, trainRequest, type Scene } from './testing/scene.js';
import { bitRuns, classSplit, wornOutSoon } from './testing/small-data.js';
import { trainVersion, type TrainRequest } from './train-version.js';
import { validateVersion, type ValidatedVersion } from './validate-version.js';

const { train, test } = classSplit(); // 30 of 84 rows of the training part are class 0
const block = { failed: 'block', inconclusive: 'block', error: 'block' } as const;

/** The right class with the probability `sure`, from the wear in the last row of each window. */
const knows =
  (sure: number): Answer =>
  (inputs, count) => {
    const size = inputs.length / count;
    const prediction = Float32Array.from({ length: count }, (_, i) => Number(10 - inputs[(i + 1) * size - 2]! > 4));
    const rows = Array.from(prediction, (label) => (label === 1 ? [1 - sure, sure] : [sure, 1 - sure]));
    return { prediction, probabilities: Float32Array.from(rows.flat()) };
  };

const alwaysGood: Answer = (_inputs, count) => ({
  prediction: new Float32Array(count).fill(1),
  probabilities: Float32Array.from({ length: 2 * count }, (_, i) => i % 2),
});

let scene: Scene;

beforeAll(async () => {
  await selectBackend(['cpu']);
});

beforeEach(() => {
  scene = openScene();
});

function classRequest(changed: Partial<TrainRequest> = {}): TrainRequest {
  const labels = train.segments.flatMap(({ target }) => Array.from(target));
  const loss = [{ type: 'cross-entropy', classWeights: balancedClassWeights(labels, 2) }] as const;
  return { ...trainRequest({ loss, epochs: 8 }), data: classSplit(), ...changed };
}

describe('trivialBaseline() of classes', () => {
  it('is the class that most rows of the training units have', () => {
    const { name, predict } = trivialBaseline(train);
    expect([name, predict(train.segments[0]!, 7)]).toEqual(['most-frequent', 1]);
  });

  it('leaves rows without a label out', () => {
    const segments = train.segments.map((one) => ({
      ...one,
      target: one.target.map((label) => (label === 1 ? Number.NaN : label)),
    }));
    expect(trivialBaseline({ ...train, segments }).predict(segments[0]!, 0)).toBe(0);
  });
});

describe('score() of classes', () => {
  it('counts wrong classes, of the model and of the most frequent class', () => {
    const exam = examOf(test, { windowLength: 3 });
    const answers = exam.windows.targets.map((label, i) => (i === 0 ? 1 - label : label));
    const { metrics, baselineMetrics, modelErrors, baselineErrors } = score(exam, answers, trivialBaseline(train));
    expect(metrics['accuracy']).toBeCloseTo(111 / 112, 12);
    expect(baselineMetrics['accuracy']).toBeCloseTo(72 / 112, 12); // eight units with five rows of class 0 each
    expect(baselineMetrics['balanced_accuracy']).toBe(0.5);
    expect(metrics).not.toHaveProperty('mae');
    expect(metrics).toMatchObject({ class_0_recall: 1, class_1_precision: 1 });
    expect(modelErrors).toEqual([1 / 8, 0, 0, 0, 0, 0, 0, 0]);
    expect(baselineErrors[1]).toBe(5 / 20);
  });
});

describe('trainVersion() of classes', () => {
  it('registers a version with metrics of classes and no interval', { timeout: 30_000 }, async () => {
    const interval = { method: 'split-conformal', coverage: 0.9 } as const;
    const { version, score: marks, baseline, ...trained } = await trainVersion(scene.ports, classRequest({ interval }));
    expect(marks.metrics['accuracy']).toBeGreaterThan(marks.baselineMetrics['accuracy']!);
    expect(baseline).toBe('most-frequent');
    expect(trained.interval).toEqual({ none: 'classes have probabilities' });
    expect(trained.exportDifference).toBe(0);
    const { params, metrics } = await scene.store.getRun(version.runId);
    expect(params).toMatchObject({ classes: 'worn out soon, good', interval: 'none' });
    expect(metrics['test_f1']).toBe(marks.metrics['f1']);
    expect(Object.keys(metrics).filter((key) => key === 'validation_accuracy')).toHaveLength(1);
  });

  it('refuses a file whose probabilities are not those of the network', { timeout: 30_000 }, async () => {
    scene.format.exportFault = { probabilities: new Float32Array(2 * 112).fill(0.5) };
    await expect(trainVersion(scene.ports, classRequest())).rejects.toMatchObject({ code: 'WORKFLOW_EXPORT_DIFFERS' });
  });

  it('refuses a training part of one class', async () => {
    const segments = train.segments.map((one) => ({ ...one, target: one.target.map(() => 1) }));
    const data = { ...classSplit(), train: { ...train, segments } };
    await expect(trainVersion(scene.ports, classRequest({ data }))).rejects.toMatchObject({
      code: 'TRAINING_ONE_CLASS',
      message: expect.stringContaining('are of class "good"') as string,
    });
  });

  it('refuses a loss of numbers', async () => {
    const request = classRequest({ settings: trainRequest().settings });
    await expect(trainVersion(scene.ports, request)).rejects.toThrow(/give one term of cross-entropy for classes/);
  });
});

describe('validateVersion() of classes', () => {
  async function validate(answer: Answer): Promise<ValidatedVersion> {
    return validateVersion(scene.ports, {
      version: await registeredVersion(scene, answer, { train }),
      data: classSplit(),
      dataFingerprint: recipe.fingerprint,
      settings: {
        thresholds: { limits: { mean_absolute_error: 1e-9, accuracy: 0.7, f1_score: 0.6 }, consequences: block },
        baseline: { minImprovement: 0, minUnits: 5, consequences: block },
        consistency: { tolerance: 1e-6, consequences: block },
        export: { tolerance: 1e-4, consequences: block },
      },
      rng: createRng(1),
      who: 'ada',
    });
  }

  function statuses({ verdict }: ValidatedVersion): Record<string, string> {
    return Object.fromEntries(verdict.checks.map(({ check, status }) => [check, status]));
  }

  it('holds a good one to the thresholds of classification and promotes it', async () => {
    const validated = await validate(knows(0.9));
    expect(statuses(validated)).toEqual({
      'metrics.accuracy': 'passed',
      'metrics.f1': 'passed',
      'baseline.most-frequent': 'passed',
      consistency: 'passed',
      export: 'passed',
    });
    expect(validated.promoted).toBe(true);
  });

  it('refuses one that always says the most frequent class', async () => {
    const validated = await validate(alwaysGood);
    expect(statuses(validated)).toMatchObject({ 'metrics.f1': 'failed', 'baseline.most-frequent': 'inconclusive' });
    expect(validated.promoted).toBe(false);
  });

  it('calls answers that are no class an error, not a pass or a failure', async () => {
    const broken: Answer = (_inputs, count) => ({
      prediction: new Float32Array(count).fill(Number.NaN),
      probabilities: new Float32Array(2 * count).fill(Number.NaN),
    });
    const validated = await validate(broken);
    expect(statuses(validated)).toMatchObject({ 'metrics.accuracy': 'error', 'baseline.most-frequent': 'error' });
    expect(validated.promoted).toBe(false);
  });

  it('compares probabilities, not the classes chosen by them, from batch to batch', async () => {
    const rounds =
      (step: number): Answer =>
      (inputs, count) =>
        knows(count < 8 ? 0.6 + step : 0.6)(inputs, count);
    expect(statuses(await validate(rounds(1e-8)))['consistency']).toBe('passed');
    scene = openScene();
    expect(statuses(await validate(rounds(0.01)))['consistency']).toBe('failed');
  });
});

describe('checkRetraining() of classes', () => {
  it.each([
    [knows(0.9), 'not-met'],
    [alwaysGood, 'met'],
  ])('compares the accuracy on what came in with that of validation', async (answer, status) => {
    const metrics = { accuracy: 0.95, f1: 0.94 };
    const version = await registeredVersion(scene, answer, { train, metrics });
    await recordVerdict(scene.store, version, { status: 'passed', reportPath: 'r', at: 0, verdictId: 'v' });
    await promoteVersion(scene.store, version, { to: 'Staging', who: 'ada', at: 1, why: 'passed' });
    await promoteVersion(scene.store, version, { to: 'Production', who: 'ada', at: 2, why: 'canary' });
    const { decision, liveMetrics } = await checkRetraining(scene.ports, {
      production: await scene.store.getModelVersion(version.name, version.version),
      arrived: wornOutSoon(bitRuns('arrived', [7, 9, 14, 6, 15])),
      settings: {
        timeBased: { enabled: false, intervalDays: 30 },
        performanceBased: { enabled: true, degradationThreshold: 0.1 },
        driftBased: { enabled: false, driftThreshold: 0.5 },
        dataAvailability: { enabled: false, minSamples: 20 },
        cooldownHours: 0,
      },
    });
    expect(decision.conditions.find(({ condition }) => condition === 'performance')?.status).toBe(status);
    expect(liveMetrics).toHaveProperty('accuracy');
  });
});
