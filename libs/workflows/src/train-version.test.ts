import type { SensorDataset } from '@i-drill/core';
import { readEvidence } from '@i-drill/registry';
import {
  fitPreprocessing,
  segmentWindows,
  selectBackend,
  type TrainingCheckpoint,
  type WindowOptions,
} from '@i-drill/training';
import { beforeAll, describe, expect, it } from 'vitest';
import { bitRuns, ropRuns } from './testing/small-data.js';
import { openScene, recipe, trainRequest, type Scene } from './testing/scene.js';
import { trainVersion, type StreamedTraining, type TrainedVersion, type TrainRequest } from './train-version.js';

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
      train_streamed: 'no',
      validation_units: 'validation-1 validation-2',
      calibration_units: 'none',
      test_units: 'test-1 test-2 test-3 test-4 test-5 test-6 test-7 test-8',
      backend: 'cpu',
      tfjs_version: '4',
      classes: 'none',
      ensemble: '1',
      interval: 'none',
      hidden_size: '4',
      num_layers: '1',
      dropout: '0',
      loss: '[{"type":"mse"}]',
      learning_rate: '0.05',
      schedule: '{"type":"plateau"}',
      weight_decay: '0',
      batch_size: '32',
      epochs: '2',
      patience: '2',
      gradient_clip: '1',
      seed: '1',
    });
  });

  it('logs the losses of every epoch in order', () => {
    const history = scene.store.runs[0]!.history;
    for (const key of ['train_loss', 'validation_loss', 'validation_rmse', 'learning_rate', 'windows_per_second']) {
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
    expect(metrics).toMatchObject({ export_relative_difference: 0, best_epoch: trained.bestEpoch });
  });

  it('logs the parts of the data as inputs', () => {
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

describe('a training with an interval', () => {
  const interval = { method: 'split-conformal', coverage: 0.8 } as const;
  const calibration = bitRuns('calibration', [8, 20, 11, 17, 9, 19, 13]);
  const request = (changed: Partial<TrainRequest> = {}): TrainRequest => {
    const plain = trainRequest();
    return { ...plain, data: { ...plain.data, calibration }, interval, ...changed };
  };

  it('serves it, and logs its coverage and width on the test units', async () => {
    const { ports, store, format } = openScene();
    const trained = await trainVersion(ports, request());
    const { metrics, params, inputs } = await store.getRun('run-1');
    expect(trained.interval).toMatchObject({
      coverage: metrics['test_interval_coverage'],
      width: metrics['test_interval_width'],
      confidence: { low: metrics['test_interval_coverage_low'], high: metrics['test_interval_coverage_high'] },
      units: 8,
      windows: 112,
    });
    expect(metrics['test_interval_coverage']).toBeGreaterThan(0.5);
    expect(metrics['test_interval_width']).toBeGreaterThan(0);
    expect(params).toMatchObject({
      interval: 'split-conformal 0.8 guaranteed',
      calibration_units: calibration.segments.map(({ unit }) => unit).join(' '),
    });
    expect(inputs.map(({ context }) => context)).toEqual(['training', 'validation', 'calibration', 'test']);
    expect(readEvidence(trained.version).signature.outputs.map(({ name }) => name)).toEqual(['prediction', 'lower', 'upper']); // prettier-ignore
    const model = await format.open(await store.downloadArtifact('run-1', 'model/model.onnx'));
    const { prediction, lower, upper } = await model.predictAll(new Float32Array(6), 1);
    expect(lower![0]).toBeGreaterThanOrEqual(0); // remaining life is never negative
    expect(lower![0]).toBeLessThanOrEqual(Math.max(0, prediction[0]!));
    expect(upper![0]).toBeGreaterThan(prediction[0]!);
  });

  it('is cut at the label cap', async () => {
    const { ports, store, format } = openScene();
    await trainVersion(ports, request({ window: { length: 3, stride: 2, targetCap: 10 } }));
    const model = await format.open(await store.downloadArtifact('run-1', 'model/model.onnx'));
    const young = Float32Array.of(-10, 0, -9, 0, -8, 0); // nothing worn yet
    expect((await model.predictAll(young, 1)).upper![0]).toBeLessThanOrEqual(10);
  });

  it('counts the ends of the interval to what the export must give', async () => {
    for (const upper of [new Float32Array(112), undefined]) {
      const scene = openScene();
      scene.format.exportFault = { upper: upper as Float32Array };
      const failed = trainVersion(scene.ports, request({ exportTolerance: 1e-3 }));
      await expect(failed).rejects.toMatchObject({ code: 'WORKFLOW_EXPORT_DIFFERS' });
    }
  });

  it('is left out, with the reason on record, where no units are held out for it', async () => {
    const { ports, store } = openScene();
    const { data } = trainRequest();
    const trained = await trainVersion(ports, request({ data }));
    const reason = 'no units are held out for it; coverage 0.8 needs 4';
    expect(trained.interval).toEqual({ none: reason });
    expect(store.runs[0]?.tags['i_drill.no_interval']).toBe(reason);
    expect((await store.getRun('run-1')).metrics).not.toHaveProperty('test_interval_coverage');
    expect(readEvidence(trained.version).signature.outputs).toHaveLength(1);
  });

  it('is narrower without the guarantee for few units', async () => {
    const widthOf = async (guarantee: 'guaranteed' | 'asymptotic'): Promise<number | undefined> => {
      const { ports, store } = openScene();
      await trainVersion(ports, request({ interval: { ...interval, guarantee } }));
      return (await store.getRun('run-1')).metrics['test_interval_width'];
    };
    expect(await widthOf('asymptotic')).toBeLessThan((await widthOf('guaranteed')) ?? 0);
  });

  it('is refused before there is a run where too few units are held out', async () => {
    const { ports, store } = openScene();
    const failed = trainVersion(ports, request({ interval: { ...interval, coverage: 0.9 } }));
    await expect(failed).rejects.toMatchObject({
      code: 'TRAINING_TOO_FEW_CALIBRATION_UNITS',
      details: { units: 7, needed: 9 },
    });
    expect(store.runs).toEqual([]);
  });
});

describe('an ensemble', () => {
  it('averages its members, each with curves of its own', async () => {
    const { ports, store } = openScene();
    const trained = await trainVersion(ports, { ...trainRequest(), ensemble: 2 });
    expect(trained).toMatchObject({ epochs: 4, exportDifference: 0 });
    const keys = new Set(store.runs[0]?.history.map(({ key }) => key));
    expect([...keys]).toEqual(expect.arrayContaining(['member_1_train_loss', 'member_2_train_loss', 'member_2_best_epoch'])); // prettier-ignore
    expect(store.runs[0]?.params).toMatchObject({ ensemble: '2' });
  });
});

describe('a training with checkpoints', () => {
  it('goes on where it was stopped: the same model, with all its epochs in the new run', async () => {
    const scene = openScene();
    const whole = await trainVersion(scene.ports, trainRequest({ epochs: 4, patience: 4 }));
    let kept: TrainingCheckpoint | undefined;
    const stopped = trainVersion(scene.ports, {
      ...trainRequest({ epochs: 4, patience: 4 }),
      checkpoint: {
        keep: (checkpoint) => {
          if (checkpoint.epoch === 3) throw new Error('the machine went down');
          kept = checkpoint;
        },
      },
    });
    await expect(stopped).rejects.toThrow('the machine went down');
    expect(kept?.epoch).toBe(2);
    const checkpoint = { keep: () => undefined, resumeFrom: kept! };
    const resumed = await trainVersion(scene.ports, { ...trainRequest({ epochs: 4, patience: 4 }), checkpoint });
    expect(resumed.score).toEqual(whole.score);
    expect(resumed.epochs).toBe(4);
    const losses = (runId: string): unknown =>
      scene.store.runs
        .find((run) => run.runId === runId)!
        .history.filter(({ key }) => key === 'validation_loss')
        .map(({ step, value }) => [step, value]);
    expect(losses(resumed.runId)).toEqual(losses(whole.runId));
  });

  it('fails the run of a checkpoint that belongs to another training', async () => {
    const scene = openScene();
    let kept: TrainingCheckpoint | undefined;
    await trainVersion(scene.ports, { ...trainRequest(), checkpoint: { keep: (checkpoint) => { kept = checkpoint; } } }); // prettier-ignore
    const other = { ...trainRequest({ learningRate: 0.01 }), checkpoint: { keep: () => undefined, resumeFrom: kept! } };
    await expect(trainVersion(scene.ports, other)).rejects.toMatchObject({ code: 'TRAINING_CHECKPOINT_MISMATCH' });
    expect(scene.store.runs[1]).toMatchObject({ status: 'FAILED' });
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
    scene.format.exportError = 1e-4;
    const { exportDifference } = await trainVersion(scene.ports, trainRequest());
    expect(exportDifference).toBeGreaterThan(1e-4 / 20); // predictions lie around the mean life of 14 hours
    expect(exportDifference).toBeLessThan(1e-4 / 5);
    expect((await scene.store.getRun('run-1')).metrics['export_relative_difference']).toBe(exportDifference);
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

describe('trainVersion() of a training part that is streamed', () => {
  it('learns from the stream, and makes scalers, reference and baseline from the sample', async () => {
    const scene = openScene();
    const { data, ...request } = trainRequest();
    const sample = bitRuns('train', [8, 20]); // the first two of the six units
    const asked: WindowOptions[] = [];
    const streamed: StreamedTraining = {
      rows: 84,
      units: 6,
      open: (windows) => {
        asked.push(windows);
        return Promise.resolve(segmentWindows(data.train, windows));
      },
    };
    const { version } = await trainVersion(scene.ports, { ...request, data: { ...data, train: sample }, streamed });
    expect(asked).toEqual([{ windowLength: 3, stride: 2 }]);
    const run = scene.store.runs[0]!;
    expect(run.params).toMatchObject({ train_streamed: '84 rows of 6 units', train_units: 'train-1 train-2' });
    const reference = JSON.parse(await scene.store.text(run.runId, 'model/reference_profile.json')) as { rows: number };
    expect(reference.rows).toBe(28);
    expect(readEvidence(version).preprocessing.targetScaler).toEqual(
      fitPreprocessing(sample, { windowLength: 3 }).targetScaler,
    );
  });

  it('leaves no run behind where the stream cannot be opened', async () => {
    const scene = openScene();
    const open = (): Promise<never> => Promise.reject(new Error('the file is gone'));
    const request = { ...trainRequest(), streamed: { rows: 84, units: 6, open } };
    await expect(trainVersion(scene.ports, request)).rejects.toThrow('the file is gone');
    expect(scene.store.runs).toEqual([]);
  });
});
