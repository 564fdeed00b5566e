import type { SensorDataset } from '@i-drill/core';
import { readEvidence } from '@i-drill/registry';
import { selectBackend } from '@i-drill/training';
import { beforeAll, describe, expect, it } from 'vitest';
import { bitRuns, ropRuns } from './testing/small-data.js';
import { openScene, recipe, trainRequest, type Scene } from './testing/scene.js';
import { trainVersion, type TrainedVersion, type TrainRequest } from './train-version.js';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

/** Runs a training that must fail, and gives what is left in the store. */
async function failing(scene: Scene, request: TrainRequest): Promise<Scene['store']['runs'][number]> {
  await expect(trainVersion(scene.ports, request)).rejects.toThrow();
  return scene.store.runs[0]!;
}

describe('trainVersion()', () => {
  let scene: Scene;
  let trained: TrainedVersion;

  beforeAll(async () => {
    scene = openScene();
    trained = await trainVersion(scene.ports, trainRequest());
  });

  it('logs one finished run with its provenance as tags', () => {
    expect(scene.store.runs).toHaveLength(1);
    const [run] = scene.store.runs;
    expect(run).toMatchObject({ status: 'FINISHED', runName: 'bit-life-train', experimentId: 'experiment tests' });
    expect(run?.tags).toMatchObject({
      'mlflow.user': 'ada',
      'mlflow.source.git.commit': 'c0ffee',
      'i_drill.backend': 'cpu',
      'i_drill.backend_refused': '[{"name":"wasm","reason":"not asked for"}]',
      'i_drill.data_fingerprint': 'whole-fingerprint',
      'i_drill.dataset_recipe': JSON.stringify(recipe),
      'i_drill.stopped': 'epochs',
    });
  });

  it('logs every setting, the windows and the units of each part as parameters', () => {
    expect(scene.store.runs[0]?.params).toEqual({
      model_type: 'lstm',
      dataset: 'small-runs',
      window_length: '3',
      window_stride: '2',
      target_cap: 'none',
      train_units: 'train-1 train-2 train-3 train-4 train-5 train-6',
      validation_units: 'validation-1 validation-2',
      test_units: 'test-1 test-2 test-3 test-4 test-5 test-6 test-7 test-8',
      backend: 'cpu',
      tfjs_version: '4',
      hidden_size: '4',
      num_layers: '1',
      learning_rate: '0.05',
      batch_size: '32',
      epochs: '2',
      patience: '2',
      gradient_clip: '1',
      seed: '1',
    });
  });

  it('logs the losses of every epoch in order', () => {
    const history = scene.store.runs[0]!.history;
    for (const key of ['train_loss', 'validation_loss', 'learning_rate', 'windows_per_second']) {
      expect(history.filter((point) => point.key === key).map(({ step }) => step)).toEqual([1, 2]);
    }
    const losses = history.filter(({ key }) => key === 'validation_loss').map(({ value }) => value);
    expect(losses.every((loss) => Number.isFinite(loss) && loss > 0)).toBe(true);
  });

  it('logs the test metrics of model and baseline beside the difference of the export', async () => {
    const { metrics } = await scene.store.getRun(trained.runId);
    expect(metrics['test_mae']).toBe(trained.score.metrics['mae']);
    expect(metrics['test_phm_score']).toBe(trained.score.metrics['phm_score']);
    expect(metrics['test_baseline_mae']).toBe(trained.score.baselineMetrics['mae']);
    expect(metrics).toMatchObject({ export_largest_difference: 0, best_epoch: trained.bestEpoch });
  });

  it('logs the three parts of the data as inputs', () => {
    const { inputs } = scene.store.runs[0]!;
    expect(inputs).toMatchObject([
      { name: 'small-runs-train', digest: 'train-fingerprint', sourceType: 'code', context: 'training' },
      { name: 'small-runs-validation', digest: 'validation-fingerprint', context: 'validation' },
      { name: 'small-runs-test', digest: 'test-fingerprint', context: 'test' },
    ]);
    expect(inputs.map(({ profile }) => profile)).toEqual([
      '{"rows":84,"units":6}',
      '{"rows":26,"units":2}',
      '{"rows":112,"units":8}',
    ]);
  });

  it('saves the model with everything that makes it usable', async () => {
    const { store } = scene;
    expect([...store.runs[0]!.artifacts.keys()]).toEqual([
      'model/model.onnx',
      'model/input_example.json',
      'model/preprocessing.json',
      'model/reference_profile.json',
      'model/dataset.json',
    ]);
    expect(JSON.parse(await store.text(trained.runId, 'model/dataset.json'))).toEqual({
      ...recipe,
      evaluateOn: 'every-row',
    });
    const reference = JSON.parse(await store.text(trained.runId, 'model/reference_profile.json')) as { rows: number };
    expect(reference.rows).toBe(84); // the training part, not the whole
    const example = JSON.parse(await store.text(trained.runId, 'model/input_example.json')) as number[][][];
    expect(example).toHaveLength(1);
    expect(example[0]).toHaveLength(3); // the first window of the test part: rows of two features
    expect(example[0]![0]).toHaveLength(2);
    expect(store.runs[0]!.models).toEqual([{ runId: 'run-1', artifactPath: 'model', at: 1000 }]);
  });

  it('saves on which rows it was judged: those of the test part', async () => {
    const { ports, store } = openScene();
    const request = trainRequest({ epochs: 1 });
    const test = { ...request.data.test, evaluateOn: 'last-row' } as const;
    await trainVersion(ports, { ...request, data: { ...request.data, test } }).catch(() => undefined); // r2 of equal labels
    expect(JSON.parse(await store.text('run-1', 'model/dataset.json'))).toEqual({ ...recipe, evaluateOn: 'last-row' });
  });

  it('registers one version with its whole evidence, in no stage', async () => {
    const { store, ports } = scene;
    const version = await store.getModelVersion('bit-life', '1');
    const evidence = readEvidence(version);
    expect(version).toMatchObject({ runId: 'run-1', source: 'memory:/run-1/model', currentStage: 'None' });
    expect(version.description).toBe('lstm on small-runs, trained by ada');
    expect(evidence.digest).toBe(ports.sha256(await store.downloadArtifact('run-1', 'model/model.onnx')));
    expect(evidence.signature.inputs[0]?.shape).toEqual([-1, 3, 2]);
    expect(evidence.preprocessing).toEqual(JSON.parse(await store.text('run-1', 'model/preprocessing.json')));
    expect(evidence.metrics).toEqual(trained.score.metrics);
    expect(evidence).toMatchObject({ modelType: 'lstm', dataFingerprint: 'whole-fingerprint' });
  });

  it('says how the training went, and leaves no model open', () => {
    expect(trained).toMatchObject({ runId: 'run-1', baseline: 'mean-life', epochs: 2, stopped: 'epochs' });
    expect(trained).toMatchObject({ exportDifference: 0, version: { version: '1' } });
    expect(scene.format.openModels).toBe(0);
  });

  it('is told every epoch as it ends', async () => {
    const heard: number[] = [];
    await trainVersion(openScene().ports, {
      ...trainRequest(),
      onEpoch: ({ epoch }) => heard.push(epoch),
    });
    expect(heard).toEqual([1, 2]);
  });

  it('trains on capped labels when asked to, and says so', async () => {
    const { ports, store } = openScene();
    const { version } = await trainVersion(ports, {
      ...trainRequest(),
      window: { length: 3, stride: 1, targetCap: 10 },
    });
    expect(readEvidence(version).preprocessing.targetCap).toBe(10);
    expect(store.runs[0]?.params).toMatchObject({ target_cap: '10', window_stride: '1' });
  });

  it('shortens a list of units that is too long for a parameter', async () => {
    const { ports, store } = openScene();
    const request = trainRequest({ epochs: 1 });
    const many = bitRuns('a-rather-long-name-of-a-unit', new Array<number>(20).fill(4));
    await trainVersion(ports, { ...request, data: { ...request.data, test: many } });
    expect(store.runs[0]?.params).toMatchObject({
      test_units: '20 units',
      validation_units: 'validation-1 validation-2',
    });
  });

  it.each([
    [5000, true],
    [5001, false],
  ])('keeps a recipe of %i characters whole in its tag, or leaves the tag out', async (length, isKept) => {
    const { ports, store } = openScene();
    const empty = JSON.stringify({ ...recipe, split: { note: '' } }).length;
    const long = { ...recipe, split: { note: 'x'.repeat(length - empty) } };
    await trainVersion(ports, { ...trainRequest({ epochs: 1 }), recipe: long });
    const tag = store.runs[0]!.tags['i_drill.dataset_recipe'];
    expect(tag).toBe(isKept ? JSON.stringify(long) : undefined);
    expect(JSON.parse(await store.text('run-1', 'model/dataset.json'))).toMatchObject(long);
  });

  it('takes rate of penetration as well: data from a file, hold-last as the baseline', async () => {
    const { ports, store } = openScene();
    const rates = (seed: number): number[] => Array.from({ length: 20 }, (_, i) => 10 + ((i * seed) % 7));
    const data = {
      train: ropRuns('train', { F1: rates(3), F2: rates(5) }),
      validation: ropRuns('validation', { F3: rates(2) }),
      test: ropRuns('test', { F4: rates(4) }),
    };
    const trainedRate = await trainVersion(ports, { ...trainRequest(), data });
    expect(trainedRate.baseline).toBe('hold-last');
    expect(trainedRate.score.metrics).not.toHaveProperty('phm_score');
    expect(store.runs[0]?.inputs[0]).toMatchObject({ sourceType: 'local' });
  });
});

describe('a training that does not end well', () => {
  it('registers nothing when the export is not the trained model', async () => {
    const scene = openScene();
    scene.format.exportError = 0.5;
    await expect(trainVersion(scene.ports, trainRequest())).rejects.toMatchObject({ code: 'WORKFLOW_EXPORT_DIFFERS' });
    const [run] = scene.store.runs;
    expect(run?.status).toBe('FAILED');
    expect(run?.tags['i_drill.error_code']).toBe('WORKFLOW_EXPORT_DIFFERS');
    expect(await scene.store.listModelVersions('bit-life')).toEqual([]);
  });

  it('registers nothing when the export answers with NaN, however wide the tolerance', async () => {
    const scene = openScene();
    scene.format.exportError = Number.NaN;
    const request = { ...trainRequest(), exportTolerance: 1e9 };
    await expect(trainVersion(scene.ports, request)).rejects.toMatchObject({ code: 'WORKFLOW_EXPORT_DIFFERS' });
    expect(await scene.store.listModelVersions('bit-life')).toEqual([]);
  });

  it('registers an export that differs by less than the tolerance, with the difference on record', async () => {
    const scene = openScene();
    scene.format.exportError = 2e-5;
    const { exportDifference } = await trainVersion(scene.ports, trainRequest());
    expect(exportDifference).toBeGreaterThan(1e-5);
    expect((await scene.store.getRun('run-1')).metrics['export_largest_difference']).toBe(exportDifference);
  });

  it('marks an interrupted training KILLED, keeps its model files and registers nothing', async () => {
    const scene = openScene();
    const interruption = new AbortController();
    const request: TrainRequest = {
      ...trainRequest({ epochs: 50 }),
      signal: interruption.signal,
      onEpoch: () => {
        interruption.abort('Ctrl-C');
      },
    };
    await expect(trainVersion(scene.ports, request)).rejects.toMatchObject({
      code: 'WORKFLOW_INTERRUPTED',
      details: { runId: 'run-1', epochs: 1 },
    });
    const [run] = scene.store.runs;
    expect(run?.status).toBe('KILLED');
    expect(run?.tags).toMatchObject({ 'i_drill.stopped': 'interrupted', 'i_drill.error_code': 'WORKFLOW_INTERRUPTED' });
    expect(run?.artifacts.has('model/model.onnx')).toBe(true);
    expect(await scene.store.listModelVersions('bit-life')).toEqual([]);
  });

  it('saves what there is when it is interrupted before the first epoch is over', async () => {
    const scene = openScene();
    const run = await failing(scene, { ...trainRequest(), signal: AbortSignal.abort('Ctrl-C') });
    expect(run.status).toBe('KILLED');
    expect(run.history.some(({ key }) => key === 'train_loss')).toBe(false);
    expect(run.artifacts.has('model/model.onnx')).toBe(true);
  });

  it('fails the run of a network that says the same for everything', async () => {
    const scene = openScene();
    const request = trainRequest({ learningRate: 1e-9 });
    const noise = bitRuns('train', [8, 20, 12, 16, 10, 18]);
    // without a feature that moves there is nothing to tell windows apart
    const segments = noise.segments.map((segment) => ({ ...segment, features: segment.features.map(() => 1) }));
    const run = await failing(scene, {
      ...request,
      data: { ...request.data, train: { ...noise, segments }, validation: { ...noise, segments } },
    });
    expect(run.status).toBe('FAILED');
    expect(run.tags['i_drill.error_code']).toBe('TRAINING_COLLAPSED');
    expect(await scene.store.listModelVersions('bit-life')).toEqual([]);
  });

  it('fails the run of a training that diverges', async () => {
    const scene = openScene();
    const run = await failing(
      scene,
      trainRequest({ learningRate: 1e30, gradientClip: 1e30, epochs: 20, patience: 20 }),
    );
    expect(run.status).toBe('FAILED');
    expect(run.tags['i_drill.error_code']).toBe('TRAINING_DIVERGED');
    expect(await scene.store.listModelVersions('bit-life')).toEqual([]);
  });

  it('writes every finished epoch before it closes the run of a training that failed', async () => {
    const scene = openScene();
    let letThrough = (): void => undefined;
    const held = new Promise<void>((resolve) => (letThrough = resolve));
    const request: TrainRequest = {
      ...trainRequest({ epochs: 3, patience: 3 }),
      onEpoch: ({ epoch }) => {
        scene.store.delay = () => (epoch === 1 ? held : Promise.resolve());
        if (epoch === 1) return;
        setImmediate(letThrough); // the first epoch arrives only after training has failed
        throw new Error('the terminal is gone');
      },
    };
    const run = await failing(scene, request);
    expect(run.status).toBe('FAILED');
    expect(run.history.filter(({ key }) => key === 'train_loss').map(({ step }) => step)).toEqual([1]);
  });

  it('fails the run when the store refuses an epoch', async () => {
    const scene = openScene();
    scene.store.refuse = ({ metrics }) => (metrics?.[0]?.step === 2 ? 'disk full' : undefined);
    await expect(trainVersion(scene.ports, trainRequest())).rejects.toThrow('disk full');
    const [run] = scene.store.runs;
    expect(run?.status).toBe('FAILED');
    expect(run?.tags['i_drill.error_code']).toBe('STORE_REFUSES');
    expect(await scene.store.listModelVersions('bit-life')).toEqual([]);
  });

  it('fails the run of a model type nobody can train', async () => {
    const run = await failing(openScene(), { ...trainRequest(), modelType: 'transformer' });
    expect(run.tags['i_drill.error_code']).toBe('TRAINING_UNKNOWN_MODEL_TYPE');
  });
});

describe('data that cannot be trained on', () => {
  const withGap = (dataset: SensorDataset): SensorDataset => {
    dataset.segments[0]!.features[3] = Number.NaN;
    return dataset;
  };

  it.each(['train', 'validation', 'test'] as const)(
    'leave nothing in the store for a gap in the %s part',
    async (part) => {
      const { ports, store } = openScene();
      const request = trainRequest();
      const data = { ...request.data, [part]: withGap(bitRuns(part, [8, 20])) };
      await expect(trainVersion(ports, { ...request, data })).rejects.toMatchObject({ code: 'TRAINING_NAN_FEATURE' });
      expect(store.runs).toEqual([]);
    },
  );

  it.each(['train', 'validation', 'test'] as const)(
    'leave nothing in the store for one window in the %s part',
    async (part) => {
      const { ports, store } = openScene();
      const request = trainRequest();
      const data = { ...request.data, [part]: bitRuns(part, [1]) };
      await expect(trainVersion(ports, { ...request, data })).rejects.toMatchObject({
        code: 'TRAINING_TOO_FEW_WINDOWS',
        details: { windows: 1, minimum: 2 },
      });
      expect(store.runs).toEqual([]);
    },
  );

  it('are named when no row of the training part has a target', async () => {
    const { ports, store } = openScene();
    const request = trainRequest();
    const train = bitRuns('train', [8, 20]);
    for (const { target } of train.segments) target.fill(Number.NaN);
    await expect(trainVersion(ports, { ...request, data: { ...request.data, train } })).rejects.toMatchObject({
      code: 'TRAINING_TOO_FEW_WINDOWS',
    });
    expect(store.runs).toEqual([]);
  });
});
