import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryRunLog, type MemoryRunLog } from '../../testing/memory-run-log.js';
import type { MlflowClient } from '../api/mlflow-client.js';
import type { Run } from '../api/runs.js';
import { notFound } from '../faults.js';
import type { ActiveRun } from './active-run.js';
import { errorTag } from './error-text.js';
import type { RunPorts } from './run-context.js';
import { runWork } from './run-work.js';
import type { StartRunOptions } from './run-options.js';
import { startRunWith } from './start-run-with.js';

const known: Run = {
  runId: 'old',
  runName: 'a',
  experimentId: '7',
  userId: '',
  status: 'FINISHED',
  startTime: 1,
  artifactUri: '',
  lifecycleStage: 'active',
  metrics: { loss: 1, 'system/cpu_utilization_percentage': 5 },
  params: { lr: '0.1' },
  tags: { 'mlflow.loggedArtifacts': '[{"path": "t.json", "type": "table"}]' },
  inputs: [],
  modelInputs: [],
  modelOutputs: [],
};

// Of the store only what resuming reads.
const client = {
  getRun: (runId: string) => Promise.resolve(runId === 'deleted' ? { ...known, lifecycleStage: 'deleted' } : known),
  getMetricHistory: () => Promise.resolve([{ key: 'x', value: 1, timestamp: 1, step: 41 }]),
  downloadArtifact: (_: string, path: string) =>
    path === 't.json'
      ? Promise.resolve(new TextEncoder().encode('{"columns":["a"],"data":[[1]]}'))
      : Promise.reject(notFound('absent')),
} as unknown as MlflowClient;

let logs: MemoryRunLog[];
let env: Record<string, string>;
let spools: unknown[];
let begun: unknown[];
let folder: string;
const ports: RunPorts = {
  openRunLog(_client, begin, spool) {
    spools.push(spool);
    const memory = memoryRunLog(`r${logs.length + 1}`);
    logs.push(memory);
    begun.push(begin);
    return Promise.resolve(memory.log);
  },
  readFacts: () => Promise.resolve({ isJob: false, host: 'h', nodeVersion: 'v20', script: '/a.js' }),
  get env() {
    return env;
  },
  now: () => 1000,
};
const open: ActiveRun[] = [];
beforeEach(() => {
  logs = [];
  env = {};
  spools = [];
  begun = [];
  folder = mkdtempSync(join(tmpdir(), 'active-run-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await Promise.allSettled(open.splice(0).map((run) => run.end()));
});

async function start(options: StartRunOptions = {}): Promise<{ run: ActiveRun; memory: MemoryRunLog }> {
  const { run } = await startRunWith(ports, client, options, { isScoped: false });
  open.push(run);
  return { run, memory: logs.at(-1)! };
}

const invalid = expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE' });
const tooLong = expect.objectContaining({ code: 'MLFLOW_VALUE_TOO_LONG' });

describe('a new run', () => {
  it('begins in the experiment Default with the tags of the environment', async () => {
    await start();
    const tags = { 'mlflow.source.name': '/a.js', 'mlflow.source.type': 'LOCAL', host: 'h', 'node.version': 'v20' };
    expect(begun).toEqual([{ type: 'beginRun', experimentName: 'Default', startTime: 1000, tags }]);
  });

  it('begins in the experiment that the environment names, unless the options do, with the runs below it', async () => {
    env = { MLFLOW_EXPERIMENT_NAME: 'wells' };
    const { run } = await start();
    env = { MLFLOW_EXPERIMENT_NAME: 'others', MLFLOW_EXPERIMENT_ID: '7' };
    await (await run.startRun()).end();
    await start();
    await start({ experimentName: 'mine' });
    const experiments = begun.map((each) => {
      const { experimentId, experimentName } = each as StartRunOptions;
      return experimentId ?? experimentName;
    });
    expect(experiments).toEqual(['wells', 'wells', '7', 'mine']);
  });

  it('is spooled as it is told, with the runs below it', async () => {
    const onRejected = (): void => undefined;
    const { run } = await start({ spoolFolder: '/spool', patienceMs: 5, onRejected });
    await (await run.startRun()).end();
    await start();
    const told = { folder: '/spool', patienceMs: 5, onRejected };
    expect(spools).toEqual([told, told, {}]);
  });

  it('has its dependencies as a file when they fit into no tag', async () => {
    const dependencies = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`package-${i}`, '1.0.0']));
    const facts = { isJob: false, host: 'h', nodeVersion: 'v20', package: { name: 'p', dependencies } };
    const { run } = await startRunWith(
      { ...ports, readFacts: () => Promise.resolve(facts) },
      client,
      {},
      { isScoped: false },
    );
    open.push(run);
    expect(JSON.parse(logs[0]!.content('environment/dependencies.json') ?? '')).toEqual(dependencies);
  });

  it('has name, description, own tags over those of the environment, and params', async () => {
    const { run, memory } = await start({
      experimentId: '7',
      runName: 'a',
      description: 'Hello',
      tags: { host: 'mine' },
      params: { lr: 0.1 },
    });
    await run.flush();
    expect(begun[0]).toMatchObject({
      experimentId: '7',
      runName: 'a',
      tags: { host: 'mine', 'mlflow.note.content': 'Hello' },
    });
    expect(memory.batch().params).toEqual({ lr: '0.1' });
  });

  it('has only the given tags when those of the environment are not wanted', async () => {
    await start({ environmentTags: false, tags: { a: '1' } });
    expect(begun[0]).toMatchObject({ tags: { a: '1' } });
    expect(Object.keys((begun[0] as { tags: object }).tags)).toEqual(['a']);
  });

  it.each<[string, StartRunOptions]>([
    ['a name and an id of an experiment', { experimentId: '7', experimentName: 'a' }],
    ['an empty experiment name', { experimentName: ' ' }],
    ['a param that is no data', { params: { a: new Map() } }],
    ['a tag with a key that is a path', { tags: { '../a': '' } }],
    ['a run to resume and an experiment', { runId: 'old', experimentName: 'a' }],
    ['a buffer for nothing', { maxBuffered: 0 }],
    ['endless patience', { patienceMs: Infinity }],
    ['a deleted run to resume', { runId: 'deleted' }],
    ['samples without a pause', { systemMetrics: { intervalMs: 0 } }],
    ['another value for a param of the resumed run', { runId: 'old', params: { lr: 0.2 } }],
  ])('is not begun with %s', async (_, options) => {
    await expect(start(options)).rejects.toThrow(invalid);
    expect(logs).toEqual([]);
  });
});

describe('metrics', () => {
  it('have the time of the call, and steps that count up', async () => {
    const { run, memory } = await start();
    run.logMetric('loss', 0.5);
    run.logMetrics({ loss: NaN, acc: 1 });
    run.logMetric('loss', 0.1, { step: 9, timestamp: 7, modelId: 'm-1', dataset: { name: 'd', digest: 'x' } });
    await run.flush();
    expect(memory.batch().metrics).toEqual([
      { key: 'loss', value: 0.5, timestamp: 1000, step: 0 },
      { key: 'loss', value: NaN, timestamp: 1000, step: 1 },
      { key: 'acc', value: 1, timestamp: 1000, step: 0 },
      { key: 'loss', value: 0.1, timestamp: 7, step: 9, modelId: 'm-1', datasetName: 'd', datasetDigest: 'x' },
    ]);
  });

  it('are refused by the call itself, and then no step is counted', async () => {
    const { run, memory } = await start();
    const refuse = (act: () => void): void => {
      expect(act).toThrow(invalid);
    };
    refuse(() => {
      run.logMetric('a//b', 1);
    });
    refuse(() => {
      run.logMetrics({ loss: 1, acc: '1' as unknown as number });
    });
    refuse(() => {
      run.logMetric('loss', 1, { step: 0.5 });
    });
    run.logMetric('loss', 1);
    await run.flush();
    expect(memory.batch().metrics).toEqual([{ key: 'loss', value: 1, timestamp: 1000, step: 0 }]);
  });
});

describe('params and tags', () => {
  it('are kept as text', async () => {
    const { run, memory } = await start();
    run.logParam('lr', 0.1);
    run.logParams({ net: { layers: [3, 2] }, lr: '0.1' });
    run.setTag('a', '1');
    run.setTags({ b: '2' });
    run.deleteTag('a');
    await run.flush();
    expect(memory.batch()).toMatchObject({ params: { lr: '0.1', net: '{"layers":[3,2]}' }, tags: { a: '1', b: '2' } });
    expect(memory.operations.at(-1)).toEqual({ type: 'deleteTag', key: 'a' });
  });

  it('are refused by the call when they are too long, or when a param would change', async () => {
    const { run } = await start({ params: { lr: 0.1 } });
    expect(() => {
      run.logParam('long', 'x'.repeat(6001));
    }).toThrow(tooLong);
    expect(() => {
      run.setTag('long', 'x'.repeat(8001));
    }).toThrow(tooLong);
    expect(() => {
      run.logParam('lr', 0.2);
    }).toThrow('it is "0.1" already');
  });
});

describe('files', () => {
  it('are kept with their content', async () => {
    const { run, memory } = await start();
    writeFileSync(join(folder, 'a.txt'), 'A');
    run.logText('n/hello.txt', 'hello');
    run.logDict('d.json', { a: 1 });
    run.logFigure('f.svg', '<svg/>');
    await run.logArtifact(join(folder, 'a.txt'), 'docs');
    await run.logArtifact(join(folder, 'a.txt'));
    const paths = ['n/hello.txt', 'd.json', 'f.svg', 'docs/a.txt', 'a.txt'];
    expect(paths.map((path) => memory.content(path))).toEqual(['hello', '{\n  "a": 1\n}\n', '<svg/>', 'A', 'A']);
  });

  it('are taken from a folder with all below it, links followed that lead somewhere else', async () => {
    const { run, memory } = await start();
    mkdirSync(join(folder, 'in/deep'), { recursive: true });
    writeFileSync(join(folder, 'in/deep/a.txt'), 'A');
    writeFileSync(join(folder, 'b.txt'), 'B');
    symlinkSync(join(folder, 'b.txt'), join(folder, 'in/b.txt'));
    symlinkSync(join(folder, 'in'), join(folder, 'in/deep/around'));
    symlinkSync(join(folder, 'absent'), join(folder, 'in/nowhere'));
    await run.logArtifacts(join(folder, 'in'), 'out');
    expect([memory.content('out/deep/a.txt'), memory.content('out/b.txt')]).toEqual(['A', 'B']);
    expect(memory.operations).toHaveLength(2);
  });

  it('are refused at once when they are not there, or would lie elsewhere', async () => {
    const { run } = await start();
    await expect(run.logArtifact(folder)).rejects.toThrow('it is not a file');
    await expect(run.logArtifact(join(folder, 'absent'))).rejects.toThrow('no such file');
    await expect(run.logArtifacts(join(folder, 'absent'))).rejects.toThrow('no such folder');
    expect(() => {
      run.logText('../a.txt', '');
    }).toThrow(invalid);
    expect(() => {
      run.logFigure('a.png', '<svg/>');
    }).toThrow(invalid);
    await expect(run.logTable('t.csv', [])).rejects.toThrow('.json');
  });

  it('are tables that grow, in the order of the calls', async () => {
    const { run, memory } = await start();
    await Promise.all([run.logTable('t.json', [{ a: 1 }]), run.logTable('t.json', { a: [2], b: ['x'] })]);
    await run.flush();
    expect(JSON.parse(memory.content('t.json') ?? '')).toEqual({ columns: ['a', 'b'], data: [[1, null], [2, 'x']] }); // prettier-ignore
    expect(memory.batch().tags).toEqual({ 'mlflow.loggedArtifacts': '[{"path":"t.json","type":"table"}]' });
  });
});

describe('inputs and models', () => {
  it('are datasets, with the models that went in', async () => {
    const { run, memory } = await start();
    const dataset = { name: 'd', digest: 'x', sourceType: 'local', source: '{}' };
    run.logInput(dataset);
    run.logInputs([dataset], ['m-1']);
    await run.flush();
    expect(memory.operations).toEqual([
      { type: 'logInputs', datasets: [dataset], modelIds: [] },
      { type: 'logInputs', datasets: [dataset], modelIds: ['m-1'] },
    ]);
    expect(() => {
      run.logInput({ ...dataset, name: '' });
    }).toThrow(invalid);
  });

  const model = { files: { 'data/w.bin': Uint8Array.of(65) }, mlmodel: { flavors: { python_function: {} } } as never };

  it('are models with their files, whose ids are filled in later', async () => {
    const { run, memory } = await start();
    memory.result = { modelId: 'm-1' };
    const register = { name: 'wells', aliases: ['champion'] };
    const result = await run.logModel({ name: 'net', model, step: 3, modelType: 'onnx', register });
    expect(result).toEqual({ modelUri: 'models:/m-1', modelId: 'm-1' });
    expect(memory.operations.at(-1)).toMatchObject({
      type: 'logModel',
      name: 'net',
      step: 3,
      modelType: 'onnx',
      register,
      mlmodel: { utc_time_created: '1970-01-01 00:00:01.000000', flavors: { python_function: {} } },
    });
    expect([...memory.blobs.values()]).toEqual(['A']);
  });

  it('are found among the artifacts of the run where the store has no logged models', async () => {
    const { run, memory } = await start();
    expect(await run.logModel({ model })).toEqual({ modelUri: 'runs:/r1/model' });
    memory.result = undefined;
    expect(await run.logModel({ model })).toEqual({});
  });

  it('are read from a folder that Python saved, without the ids it has there', async () => {
    const { run, memory } = await start();
    writeFileSync(
      join(folder, 'MLmodel'),
      "flavors:\n  python_function:\n    loader_module: a\nrun_id: x\nmodel_uuid: y\nutc_time_created: '2026'\n",
    );
    writeFileSync(join(folder, 'w.bin'), 'W');
    await run.logModel({ model: folder });
    expect(memory.operations.at(-1)).toMatchObject({
      mlmodel: { flavors: { python_function: { loader_module: 'a' } }, utc_time_created: '2026' },
    });
    expect(JSON.stringify(memory.operations)).not.toContain('run_id');
    expect([...memory.blobs.values()]).toEqual(['W']);
  });

  it('are ONNX models with the files MLflow needs', async () => {
    const { run, memory } = await start();
    const tensor = { name: 'x', dtype: 'float32', shape: [-1, 2] };
    await run.logOnnxModel({ onnx: Uint8Array.of(1), signature: { inputs: [tensor], outputs: [tensor] } });
    expect(Object.keys((memory.operations.at(-1) as { files: object }).files)).toContain('model.onnx');
  });

  it.each([
    ['a name that is a path', { model, name: 'a/b' }],
    ['a reserved alias', { model, register: { name: 'm', aliases: ['latest'] } }],
    ['half a step', { model, step: 0.5 }],
    ['no flavours', { model: { files: {}, mlmodel: { flavors: {} } as never } }],
    ['its own MLmodel', { model: { ...model, files: { MLmodel: '' } } }],
    ['a folder without MLmodel', { model: tmpdir() }],
  ])('are refused with %s', async (_, options) => {
    const { run, memory } = await start();
    await expect(run.logModel(options)).rejects.toThrow(invalid);
    expect(memory.operations).toEqual([]);
  });
});

describe('a resumed run', () => {
  it('is running again, under a new name when one is given', async () => {
    const { run, memory } = await start({ runId: 'old', runName: 'b', tags: { a: '1' }, params: { lr: 0.1 } });
    await run.flush();
    expect(begun).toEqual([{ type: 'resumeRun', runId: 'old' }]);
    expect(memory.operations[0]).toEqual({ type: 'updateRun', update: { status: 'RUNNING', runName: 'b' } });
    expect(memory.batch().tags).toEqual({ a: '1' });
  });

  it('asks for steps of metrics that it has, and adds to tables that it has', async () => {
    const { run, memory } = await start({ runId: 'old' });
    expect(() => {
      run.logMetric('loss', 1);
    }).toThrow('give the step');
    await run.logTable('t.json', [{ a: 2 }]);
    await run.logTable('new.json', [{ a: 3 }]);
    expect(JSON.parse(memory.content('t.json') ?? '')).toEqual({ columns: ['a'], data: [[1], [2]] });
    expect(JSON.parse(memory.content('new.json') ?? '')).toEqual({ columns: ['a'], data: [[3]] });
  });

  it('goes on with the steps of its system metrics', async () => {
    const { run, memory } = await start({ runId: 'old', systemMetrics: true });
    await run.end();
    expect(memory.batch().metrics.map(({ step }) => step)).toContain(42);
  });
});

describe('the end of a run', () => {
  it('is written, flushed, shipped and closed once', async () => {
    const { run, memory } = await start();
    run.logMetric('loss', 1);
    await Promise.all([run.end('KILLED'), run.end()]);
    expect(memory.calls).toEqual(['append logBatch', 'append updateRun', 'flush', 'drain', 'close']);
    expect(memory.operations.at(-1)).toEqual({ type: 'updateRun', update: { status: 'KILLED', endTime: 1000 } });
    expect(() => {
      run.logMetric('loss', 1);
    }).toThrow('it has ended');
  });

  it('is no status that goes on', async () => {
    const { run } = await start();
    await expect(run.end('RUNNING' as never)).rejects.toThrow(invalid);
  });

  it('tells what the store refused, and closes all the same', async () => {
    const { run, memory } = await start();
    memory.refusal = new Error('refused');
    await expect(run.end()).rejects.toThrow('refused');
    expect(memory.calls.at(-1)).toBe('close');
  });

  it('comes with the block of `await using`', async () => {
    let memory: MemoryRunLog;
    {
      await using run = (await start()).run;
      memory = logs.at(-1)!;
      run.setTag('a', '1');
    }
    expect(memory.operations.at(-1)).toMatchObject({ update: { status: 'FINISHED' } });
  });

  it('leaves no listener behind, however many runs there were', async () => {
    const count = (): number[] =>
      ['exit', 'beforeExit', 'SIGINT', 'SIGTERM'].map((event) => process.listenerCount(event));
    const before = count();
    const runs = await Promise.all(Array.from({ length: 50 }, async () => (await start()).run));
    expect(count()).toEqual(before.map((listeners) => listeners + 1));
    await Promise.all(runs.map((run) => run.end()));
    expect(count()).toEqual(before);
  });
});

describe('the work of a run', () => {
  async function work<T>(options: StartRunOptions, act: (run: ActiveRun) => Promise<T> | T): Promise<T> {
    return runWork(await startRunWith(ports, client, options, { isScoped: true }), act);
  }
  const lastUpdate = (): unknown => logs.at(-1)!.operations.at(-1);

  it('gives its result once the run has finished', async () => {
    expect(await work({}, () => 5)).toBe(5);
    expect(lastUpdate()).toMatchObject({ update: { status: 'FINISHED' } });
  });

  it('fails the run by throwing, and the error is kept and thrown on', async () => {
    const error = new TypeError('no data');
    const failing = work({}, () => Promise.reject(error));
    await expect(failing).rejects.toBe(error);
    expect(lastUpdate()).toMatchObject({ update: { status: 'FAILED' } });
    expect(logs[0]!.batch().tags).toEqual({ [errorTag]: 'TypeError: no data' });
  });

  it('has its own error thrown on, also when the store refuses something', async () => {
    const failing = work({}, () => {
      logs[0]!.refusal = new Error('refused');
      throw new Error('own');
    });
    await expect(failing).rejects.toThrow('own');
    await expect(failing).rejects.toMatchObject({ cause: { message: 'refused' } });
  });

  it('ends also when something without a text is thrown', async () => {
    const thrown = Object.create(null) as object;
    await expect(work({}, () => Promise.reject(thrown as Error))).rejects.toBe(thrown);
    expect(lastUpdate()).toMatchObject({ update: { status: 'FAILED' } });
  });

  it('ends the run as KILLED once the signal is aborted', async () => {
    const controller = new AbortController();
    const stopped = work({ signal: controller.signal }, (run) => {
      controller.abort(new Error('enough'));
      run.signal.throwIfAborted();
    });
    await expect(stopped).rejects.toThrow('enough');
    expect(lastUpdate()).toMatchObject({ update: { status: 'KILLED' } });
  });

  it('can have runs below it, in the same experiment', async () => {
    await work({ experimentName: 'wells' }, async (run) => {
      await run.withRun({ runName: 'child' }, (child) => {
        child.setTag('a', '1');
      });
      await (await run.startRun()).end();
    });
    const child = { experimentName: 'wells', tags: { 'mlflow.parentRunId': 'r1' } };
    expect(begun.slice(1)).toEqual([expect.objectContaining({ ...child, tags: expect.objectContaining(child.tags) as object }), expect.objectContaining({ experimentName: 'wells' })]); // prettier-ignore
    expect(logs[1]!.operations.at(-1)).toMatchObject({ update: { status: 'FINISHED' } });
  });

  it('can have runs below it that end with its signal and tell as little', async () => {
    const controller = new AbortController();
    await work({ signal: controller.signal, environmentTags: false }, async (run) => {
      await run.withRun({}, () => {
        controller.abort();
      });
    });
    expect(begun[1]).toMatchObject({ tags: { 'mlflow.parentRunId': 'r1' } });
    expect(Object.keys((begun[1] as { tags: object }).tags)).toEqual(['mlflow.parentRunId']);
    expect(logs.map(({ operations }) => operations.at(-1))).toEqual([
      expect.objectContaining({ update: { status: 'KILLED', endTime: 1000 } }),
      expect.objectContaining({ update: { status: 'KILLED', endTime: 1000 } }),
    ]);
  });

  it('can have runs below a resumed run, in its experiment', async () => {
    await work({ runId: 'old' }, (run) => run.withRun({}, () => undefined));
    expect(begun[1]).toMatchObject({ experimentId: '7', tags: { 'mlflow.parentRunId': 'r1' } });
  });
});
