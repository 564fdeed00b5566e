import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMlflow, withRun, type ActiveRun, type LoggedModelResult, type MlflowClient } from '../src/index.js';
import { loadModels } from './load-model.js';
import { tinyPrediction, tinyWindow } from './log-tiny-model.js';
import { describeWithMlflow, mlflowPython, startRealServer, type RealServer } from './real-server.js';

const signature = {
  inputs: [{ name: 'window', dtype: 'float32', shape: [-1, 2, 3] }],
  outputs: [{ name: 'prediction', dtype: 'float32', shape: [-1, 1] }],
};
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

interface Logged {
  readonly runId: string;
  readonly onnx: LoggedModelResult;
  readonly asArtifacts: LoggedModelResult;
  readonly fromPython: LoggedModelResult;
}

function withRunSuite(major: 2 | 3, kinds: readonly string[]): void {
  let folder: string;
  let server: RealServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'active-run-'));
    server = await startRealServer({ major });
    await runPython('save_model.py', [join(import.meta.dirname, '../test/vectors/tiny.onnx'), join(folder, 'python')]);
    await writeFile(join(folder, 'notes.txt'), 'notes');
  });
  afterAll(async () => {
    await (server as RealServer | undefined)?.stop(); // absent when it could not be started
    await rm(folder, { recursive: true });
  });

  async function runPython(script: string, args: readonly string[]): Promise<string> {
    const env = { ...process.env, MLFLOW_ALLOW_FILE_STORE: 'true', MLFLOW_DISABLE_TELEMETRY: 'true' };
    const file = join(import.meta.dirname, script);
    const python = mlflowPython(script === 'save_model.py' ? 3 : major); // only the newer one has ONNX
    return (await promisify(execFile)(python, [file, ...args], { cwd: folder, env })).stdout;
  }

  async function logEverything(run: ActiveRun): Promise<Logged> {
    for (let step = 0; step < 2500; step++) run.logMetric('loss', 1 / (step + 1), { step });
    run.logMetrics({ accuracy: NaN, 'val/accuracy': 0.5 });
    run.logParams({ lr: 1e-7, layers: [3, 2] });
    run.setTag('gone', '');
    run.deleteTag('gone');
    await run.logTable('eval/table.json', [{ text: 'a', score: 1 }]);
    await run.logTable('eval/table.json', { text: ['b'], score: [NaN] });
    run.logDict('config.yaml', { rate: 1e-7, note: 'a: b', list: [1, null] });
    run.logFigure('plots/dot.png', png);
    run.logText('hello.txt', 'hello');
    await run.logArtifact(join(folder, 'notes.txt'), 'notes');
    run.logInput({ name: 'wells', digest: 'abc', sourceType: 'local', source: '{}', context: 'training' });
    await run.withRun({ runName: 'child' }, (child) => {
      child.logMetric('loss', 1);
    });
    const onnx = await readFile(join(import.meta.dirname, '../test/vectors/tiny.onnx'));
    const register = { name: 'tiny', aliases: ['champion'], tags: { kind: 'test' }, description: 'best' };
    const model = { onnx, signature, inputExample: tinyWindow, metadata: { made_by: 'TypeScript' } };
    return {
      runId: run.runId,
      onnx: await run.logOnnxModel({ ...model, name: 'net', step: 5, register }),
      asArtifacts: await run.logOnnxModel({ ...model, name: 'old-way', layout: 'runArtifacts' }),
      fromPython: await run.logModel({ name: 'python', model: join(folder, 'python') }),
    };
  }

  describe.each(kinds)('to %s', (kind) => {
    let trackingUri: string;
    let client: MlflowClient;
    let logged: Logged;
    let found: Readonly<Record<string, unknown>>;
    beforeAll(async () => {
      trackingUri = kind === 'a file store' ? `file://${folder}/mlruns` : server.url;
      client = openMlflow({ trackingUri, env: {} });
      const options = {
        experimentName: 'wells',
        runName: 'all',
        description: 'Everything',
        params: { seed: 1 },
        systemMetrics: { intervalMs: 100 },
        spoolFolder: join(folder, 'spool'),
      };
      logged = await withRun(client, options, logEverything);
      found = JSON.parse(await runPython('read_run.py', [trackingUri, logged.runId])) as typeof found;
    });

    it('is read by Python with its table, files, params, metrics, children and datasets', () => {
      expect(found).toMatchObject({
        status: 'FINISHED',
        table: { columns: ['text', 'score'], data: [['a', 1], ['b', null]] }, // prettier-ignore
        config: { rate: 1e-7, note: 'a: b', list: [1, null] },
        params: { seed: '1', lr: '1e-7', layers: '[3,2]' },
        losses: 2500,
        children: ['child'],
        datasets: ['wells'],
      });
      expect(found['tags']).toMatchObject({
        'mlflow.note.content': 'Everything',
        'mlflow.source.type': expect.anything() as string,
      });
      expect(found['tags']).not.toHaveProperty('gone');
    });

    it('has system metrics', () => {
      const keys = ['cpu_utilization_percentage', 'process_memory_megabytes', 'event_loop_lag_milliseconds'];
      expect(found['metrics']).toEqual(expect.arrayContaining(keys.map((key) => `system/${key}`)));
    });

    it('has files byte by byte', async () => {
      expect(Buffer.from(await client.downloadArtifact(logged.runId, 'plots/dot.png'))).toEqual(png);
      expect(Buffer.from(await client.downloadArtifact(logged.runId, 'notes/notes.txt')).toString()).toBe('notes');
    });

    it('has a model among its artifacts by choice, which Python finds', () => {
      expect(logged.asArtifacts).toEqual({ modelUri: `runs:/${logged.runId}/old-way` });
      expect(found['old_way']).toEqual({ run_id: logged.runId, flavors: ['onnx', 'python_function'] });
    });

    it('has a registered version with its alias, description and tags', async () => {
      const version = { name: 'tiny', version: '1', description: 'best', aliases: ['champion'] };
      expect(logged.onnx).toMatchObject({ version });
      const kept = await client.findModelVersionByAlias('tiny', 'champion');
      expect(kept).toMatchObject({ ...version, runId: logged.runId, tags: { kind: 'test' } });
    });

    if (major === 3) {
      it('has models of its own that mlflow.pyfunc loads by alias and by URI', async () => {
        const { onnx, asArtifacts, fromPython } = logged;
        const ids = [onnx.modelId, fromPython.modelId];
        expect([onnx.modelUri, fromPython.modelUri]).toEqual(ids.map((modelId) => `models:/${String(modelId)}`));
        expect(found['outputs']).toEqual(expect.arrayContaining(ids));
        const uris = ['models:/tiny@champion', onnx.modelUri, asArtifacts.modelUri, fromPython.modelUri].map(String);
        const loaded = await loadModels(trackingUri, uris);
        expect(loaded.map(({ predicted }) => predicted)).toEqual(uris.map(() => ({ prediction: [[tinyPrediction]] })));
        const makers = loaded.map(({ metadata }) => (metadata as { made_by: string }).made_by.slice(0, 6));
        expect(makers).toEqual(['TypeSc', 'TypeSc', 'TypeSc', 'Python']);
      });
    } else {
      it('has models among its artifacts', () => {
        const { runId, onnx, fromPython } = logged;
        expect([onnx.modelUri, fromPython.modelUri]).toEqual([`runs:/${runId}/net`, `runs:/${runId}/python`]);
      });
    }

    it('leaves nothing in the spool', async () => {
      expect(await readdir(join(folder, 'spool'))).toEqual([]);
    });
  });
}

describeWithMlflow('a run logged by withRun', () => {
  withRunSuite(3, ['a server', 'a file store']);
});

describeWithMlflow(
  'a run logged by withRun, with MLflow 2',
  () => {
    withRunSuite(2, ['a server']);
  },
  2,
);
