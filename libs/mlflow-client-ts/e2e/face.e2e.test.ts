import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMlflow, serveStore, type MlflowClient, type StoreFace } from '../src/index.js';
import { converse } from './face-answers.js';
import { conversation } from './face-conversation.js';
import { differences, withoutKnown } from './face-differences.js';
import { describeWithMlflow, mlflowPython, startRealServer, type RealServer } from './real-server.js';

const tinyOnnx = join(import.meta.dirname, '../test/vectors/tiny.onnx');

interface Served {
  readonly folder: string;
  readonly store: MlflowClient;
  readonly face: StoreFace;
  stop(): Promise<void>;
}

async function serveNewStore(): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-face-'));
  const store = openMlflow({ trackingUri: `file:${folder}/mlruns` });
  const face = await serveStore(store);
  return {
    folder,
    store,
    face,
    async stop() {
      await face.close();
      await rm(folder, { recursive: true });
    },
  };
}

describeWithMlflow('the REST face of a store, beside a real server', () => {
  let served: Served;
  let server: RealServer;
  beforeAll(async () => {
    served = await serveNewStore();
    server = await startRealServer();
  });
  afterAll(async () => {
    await (server as RealServer | undefined)?.stop(); // absent when it could not be started
    await served.stop();
  });

  it('answers the same, step by step, but for what is listed', async () => {
    const [own, theirs] = await Promise.all([
      converse(served.face.url, conversation),
      converse(server.url, conversation),
    ]);
    expect(own).toHaveLength(conversation.length);
    for (const [i, told] of own.entries()) {
      const expected = differences[told.step] ?? withoutKnown(theirs[i]);
      expect({ step: told.step, ...withoutKnown(told) }).toEqual({ step: told.step, ...expected });
    }
  });
});

type Told = Readonly<Record<string, unknown>>;

async function runPython(major: 2 | 3, { face, folder }: Served): Promise<Told> {
  const script = join(import.meta.dirname, 'python_face.py');
  const env = { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true', MLFLOW_HTTP_REQUEST_MAX_RETRIES: '1' };
  const { stdout } = await promisify(execFile)(mlflowPython(major), [script, face.url, tinyOnnx], { cwd: folder, env });
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n{') + 1)) as Told;
}

interface PythonRun {
  readonly served: Served;
  readonly told: Told;
}

function pythonSuite(major: 2 | 3): () => PythonRun {
  let served: Served;
  let told: Told;
  beforeAll(async () => {
    served = await serveNewStore();
    told = await runPython(major, served);
  });
  afterAll(() => served.stop());

  it('keeps experiments', () => {
    expect(told).toMatchObject({
      taken: 'RESOURCE_ALREADY_EXISTS',
      experiment: [told['experiment_id'], { team: 'drill ü', more: '' }, 'active'],
      absent_experiment: null,
      deleted_experiments: ['python 2'],
      found_experiments: ['python 2'],
    });
  });

  it('keeps runs, and tells them as the store itself does', async () => {
    const run = await served.store.getRun(String(told['run_id']));
    expect(told['run']).toEqual({
      status: run.status,
      run_name: run.runName,
      start_time: run.startTime,
      end_time: run.endTime,
      lifecycle_stage: run.lifecycleStage,
      artifact_uri: `mlflow-artifacts:/${run.experimentId}/RUN/artifacts`,
      user_id: 'ann',
      metrics: { acc: 0.5, many: 999, 'val/loss': '-inf' },
      params: { ...run.params, long: 6000 },
      tags: run.tags,
    });
    expect(run).toMatchObject({ status: 'FAILED', startTime: 1000, endTime: 2000, tags: { 'a/b': '1' } });
    expect(run.params).toEqual({ rate: '0.1', empty: '', depth: '3', long: 'ж'.repeat(6000) });
    expect(told).toMatchObject({
      history: [[1.5, 5, 0], ['nan', 6, 1], ['inf', 7, 2], ['-inf', 8, 3]], // prettier-ignore
      many: 1000,
      param_again: 'INVALID_PARAMETER_VALUE',
      absent_run: 'RESOURCE_DOES_NOT_EXIST',
    });
  });

  it('finds runs by filter and order, page by page, deleted or not', () => {
    expect(told).toMatchObject({
      bad_filter: 'INVALID_PARAMETER_VALUE',
      searches: {
        all: ['second', 'first'],
        filter: ['second'],
        tag: ['first'],
        ordered: ['second', 'first'],
        none: [],
      },
      pages: ['first', 'second', null],
      after_delete: [['first'], ['second']],
      write_to_deleted: 'INVALID_PARAMETER_VALUE',
      after_restore: ['first', 'renamed'],
      children: ['inner'],
      frame: [1],
    });
  });

  it('brings files to the store and back', async () => {
    expect(told).toMatchObject({
      listed: {
        '': [
          ['data', true, null],
          ['empty.txt', false, null],
          ['notes', true, null],
          ['table.json', false, expect.any(Number)],
          ['tree', true, null],
        ],
        tree: [
          ['tree/deep', true, null],
          ['tree/one.txt', false, 1],
        ],
        'tree/deep': [['tree/deep/bytes.bin', false, 2_097_152]],
        'tree/one.txt': [],
        absent: [],
      },
      downloaded: { 'deep/bytes.bin': 2_097_152, 'one.txt': 1 },
      bytes: true,
      note: 'hello ü\n',
      dict: { a: [1, 2] },
      table: { well: ['a', 'b'], rop: [1, 2.5] },
      after_artifact_delete: ['tree/one.txt'],
    });
    const note = await served.store.downloadArtifact(String(told['outer_id']), 'notes/my note, 100%.txt');
    expect(new TextDecoder().decode(note)).toBe('hello ü\n');
  });

  it('notes datasets', async () => {
    expect(told['inputs']).toEqual([['wells', told['digest'], { 'mlflow.data.context': 'training' }]]);
    const { inputs } = await served.store.getRun(String(told['outer_id']));
    expect(inputs).toMatchObject([{ name: 'wells', digest: told['digest'], context: 'training' }]);
  });

  it('registers models, versions, stages, aliases and tags', async () => {
    const source = `runs:/${String(told['run_id'])}/model`;
    expect(told).toMatchObject({
      model_taken: 'RESOURCE_ALREADY_EXISTS',
      version: ['1', { checked: 'yes' }, ['champion'], 'made', 'READY', source],
      latest: [['2', 'Production']],
      model: ['changed', { more: '1' }, { champion: expect.anything() }, expect.arrayContaining(['1', '2'])],
      versions: expect.arrayContaining(['1', '2']),
      models: ['pump'],
      absent_alias: 'INVALID_PARAMETER_VALUE',
      absent_version: 'RESOURCE_DOES_NOT_EXIST',
      renamed: [['pump 2', '2']],
      deleted_model: 'RESOURCE_DOES_NOT_EXIST',
    });
    expect(await served.store.findRegisteredModel('pump 2')).toBeUndefined();
  });

  return () => ({ served, told });
}

describeWithMlflow('the REST face of a store, used by Python', () => {
  const python = pythonSuite(3);

  it('keeps a logged ONNX model that loads by alias, version, run and id', async () => {
    const { served, told } = python();
    expect(told['predictions']).toEqual([[[[70]]], [[[70]]], [[[70]]], [[[70]]]]);
    const [modelId] = told['outputs'] as [string];
    const model = await served.store.getLoggedModel(modelId);
    expect(told['logged_model']).toEqual([model.modelId, 'tiny', 'READY', told['model_run_id']]);
    expect(told['logged_metrics']).toEqual([['acc', 0.75, 2, 'wells', told['digest']]]);
    expect(told['logged_tags']).toEqual(['1', null, { p: '1' }]);
    expect(told['found_models']).toEqual([modelId]);
    expect(model).toMatchObject({ status: 'READY', tags: { a: '1' }, params: { p: '1' } });
  });
});

describeWithMlflow(
  'the REST face of a store, used by the Python client of MLflow 2.9',
  () => {
    pythonSuite(2);
  },
  2,
);
