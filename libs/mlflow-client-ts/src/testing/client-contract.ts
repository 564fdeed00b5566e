import { beforeAll, describe, expect, it } from 'vitest';
import type { Metric, MlflowClient, ModelVersion } from '../index.js';

/** Where the tests run. */
interface Subject {
  readonly client: MlflowClient;
  /** New for each test. */
  readonly experimentId: string;
  readonly modelName: string;
}

/** What every MlflowClient must do: the file store and the client of a real server run the same tests. */
export function clientContract(name: string, makeClient: () => MlflowClient | Promise<MlflowClient>): void {
  describe(name, () => {
    let client: MlflowClient;
    let count = 0;
    const start = async (): Promise<Subject> => {
      const label = `contract-${++count}`;
      return { client, experimentId: await client.ensureExperiment(label), modelName: label };
    };
    beforeAll(async () => {
      client = await makeClient();
    });
    describe('experiments', () => {
      experimentContract(start);
    });
    describe('runs', () => {
      runContract(start);
    });
    describe('metrics, params and tags', () => {
      batchContract(start);
    });
    describe('run search', () => {
      searchContract(start);
    });
    describe('artifacts', () => {
      artifactContract(start);
    });
    describe('registry', () => {
      registryContract(start);
    });
  });
}

type Start = () => Promise<Subject>;

const absentRun = '0123456789abcdef0123456789abcdef';
const notFound = { name: 'MlflowError', code: 'RESOURCE_DOES_NOT_EXIST' };
const invalid = { name: 'MlflowError', code: 'INVALID_PARAMETER_VALUE' };
const tooLong = { name: 'MlflowError', code: 'MLFLOW_VALUE_TOO_LONG' };

function experimentContract(start: Start): void {
  it('gives an experiment the same id each time', async () => {
    const { client, experimentId, modelName } = await start();
    expect(await client.ensureExperiment(modelName)).toBe(experimentId);
    expect(await client.findExperimentByName(modelName)).toMatchObject({
      experimentId,
      name: modelName,
      lifecycleStage: 'active',
    });
  });

  it('makes one experiment when two callers ask at once', async () => {
    const { client, modelName } = await start();
    const ids = await Promise.all([1, 2, 3].map(() => client.ensureExperiment(`${modelName}-at-once`)));
    expect(new Set(ids).size).toBe(1);
  });

  it('finds names with quotes, slashes and other alphabets', async () => {
    const { client, modelName } = await start();
    const name = `${modelName} "Бурение": 'a/b' #1`;
    const id = await client.ensureExperiment(name);
    expect((await client.findExperimentByName(name))?.experimentId).toBe(id);
  });

  it('answers an unknown name with undefined', async () => {
    const { client } = await start();
    expect(await client.findExperimentByName('no such experiment')).toBeUndefined();
  });

  it('refuses an empty and an over-long name', async () => {
    const { client } = await start();
    await expect(client.ensureExperiment(' ')).rejects.toMatchObject(invalid);
    await expect(client.ensureExperiment('n'.repeat(501))).rejects.toMatchObject(tooLong);
  });
}

function runContract(start: Start): void {
  it('creates a run that is running, with its name and tags', async () => {
    const { client, experimentId } = await start();
    const made = await client.createRun({ experimentId, runName: 'first', startTime: 1234, tags: { kind: 'test' } });
    expect(made).toMatchObject({
      runName: 'first',
      experimentId,
      status: 'RUNNING',
      startTime: 1234,
      lifecycleStage: 'active',
      metrics: {},
      params: {},
      tags: { kind: 'test', 'mlflow.runName': 'first' },
      inputs: [],
    });
    expect(made.endTime).toBeUndefined();
    expect(await client.getRun(made.runId)).toEqual(made);
  });

  it('names a run and notes its start when the caller does not', async () => {
    const { client, experimentId } = await start();
    const before = Date.now();
    const run = await client.createRun({ experimentId });
    expect(run.runName).not.toBe('');
    expect(run.startTime).toBeGreaterThanOrEqual(before);
    expect(run.startTime).toBeLessThanOrEqual(Date.now());
  });

  it('ends a run at the given time, or now', async () => {
    const { client, experimentId } = await start();
    const first = await client.createRun({ experimentId });
    await client.updateRun(first.runId, { status: 'FAILED', endTime: 99 });
    expect(await client.getRun(first.runId)).toMatchObject({ status: 'FAILED', endTime: 99 });

    const second = await client.createRun({ experimentId });
    await client.updateRun(second.runId, { status: 'FINISHED' });
    expect((await client.getRun(second.runId)).endTime).toBeGreaterThanOrEqual(second.startTime);
  });

  it('renames a run, in its tag too, and leaves its status', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId, runName: 'old' });
    await client.updateRun(runId, { runName: 'new' });
    expect(await client.getRun(runId)).toMatchObject({
      runName: 'new',
      status: 'RUNNING',
      tags: { 'mlflow.runName': 'new' },
    });
  });

  it('refuses an unknown status, and the run keeps its own', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await expect(client.updateRun(runId, { status: 'DONE' as 'FINISHED' })).rejects.toMatchObject(invalid);
    expect((await client.getRun(runId)).status).toBe('RUNNING');
  });

  it('refuses two names for one run', async () => {
    const { client, experimentId } = await start();
    const run = { experimentId, runName: 'a', tags: { 'mlflow.runName': 'b' } };
    await expect(client.createRun(run)).rejects.toMatchObject(invalid);
  });

  it('does not find what does not exist', async () => {
    const { client } = await start();
    await expect(client.getRun(absentRun)).rejects.toMatchObject(notFound);
    await expect(client.updateRun(absentRun, { status: 'FAILED' })).rejects.toMatchObject(notFound);
    await expect(client.logBatch(absentRun, { tags: { a: 'b' } })).rejects.toMatchObject(notFound);
    await expect(client.getMetricHistory(absentRun, 'rmse')).rejects.toMatchObject(notFound);
    await expect(client.createRun({ experimentId: '987654321' })).rejects.toMatchObject(notFound);
  });

  it('refuses an id that is a path', async () => {
    const { client } = await start();
    await expect(client.getRun('../0')).rejects.toMatchObject(invalid);
    await expect(client.createRun({ experimentId: '../0' })).rejects.toMatchObject(invalid);
  });

  it('keeps the datasets of a run with their context', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const dataset = { name: 'wells', digest: '1e5', sourceType: 'local', source: '{"uri":"file:///d.csv"}' };
    const train = { ...dataset, schema: '{"columns":["a"]}', profile: '{"rows":3}', context: 'training' };
    const test = { ...dataset, name: 'wells-test', digest: 'a'.repeat(36) };
    await client.logInputs(runId, [train, test]);
    await client.logInputs(runId, [train]); // again
    const { inputs } = await client.getRun(runId);
    expect([...inputs].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([train, test]);
    await expect(client.logInputs(runId, [{ ...dataset, digest: 'a'.repeat(37) }])).rejects.toMatchObject(tooLong);
  });

  it('lists the models that a run logged', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const model = {
      run_id: runId,
      artifact_path: 'model',
      utc_time_created: '2026-01-02 03:04:05.678000',
      model_uuid: '0'.repeat(32),
      flavors: { onnx: { data: 'model.onnx' } },
    };
    await client.recordModel(runId, { ...model, signature: { inputs: '[]' } });
    await client.recordModel(runId, { ...model, artifact_path: 'second' });
    const { tags } = await client.getRun(runId);
    const history = JSON.parse(tags['mlflow.log-model.history'] ?? '[]') as Record<string, unknown>[];
    expect(history.map((entry) => entry['artifact_path'])).toEqual(['model', 'second']);
    expect(history[0]).toMatchObject({ run_id: runId, flavors: { onnx: { data: 'model.onnx' } } });
  });
}

function point(key: string, value: number, step = 0, timestamp = 1000): Metric {
  return { key, value, timestamp, step };
}

function batchContract(start: Start): void {
  it('keeps metrics, params and tags, also those with slashes, spaces and line breaks', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const params = { 'lstm/hidden size': '64', note: 'first\nsecond\n', empty: '', quote: '"\'`\\' };
    const tags = { 'git.commit': 'abc', 'a/b': 'ü 😀\u2028' };
    await client.logBatch(runId, { metrics: [point('val/rmse', 1.5), point('mae', 1e-9)], params, tags });
    const run = await client.getRun(runId);
    expect(run.metrics).toEqual({ 'val/rmse': 1.5, mae: 1e-9 });
    expect(run.params).toEqual(params);
    expect(run.tags).toMatchObject(tags);
  });

  it('keeps NaN and infinities', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const points = [point('loss', NaN, 0), point('loss', Infinity, 1), point('loss', -Infinity, 2)];
    await client.logBatch(runId, { metrics: points });
    expect(await client.getMetricHistory(runId, 'loss')).toEqual(points);
    expect((await client.getRun(runId)).metrics).toEqual({ loss: -Infinity });
  });

  it('gives the history of a metric by step and its latest point', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await client.logBatch(runId, { metrics: [point('rmse', 3, 2, 10), point('rmse', 5, 0, 20)] });
    await client.logBatch(runId, { metrics: [point('rmse', 4, 1, 30), point('rmse', 3, 2, 10)] });
    const history = await client.getMetricHistory(runId, 'rmse');
    expect(history.map(({ step, value }) => [step, value])).toEqual([[0, 5], [1, 4], [2, 3]]); // prettier-ignore
    expect((await client.getRun(runId)).metrics).toEqual({ rmse: 3 });
    expect(await client.getMetricHistory(runId, 'unknown')).toEqual([]);
  });

  it('takes batches beyond the limits of one call', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const metrics = Array.from({ length: 2300 }, (_, step) => point('loss', step / 3, step));
    const params = Object.fromEntries(Array.from({ length: 230 }, (_, i) => [`p${i}`, 'x'.repeat(6000)]));
    const tags = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`t${i}`, String(i)]));
    await client.logBatch(runId, { metrics, params, tags });
    const run = await client.getRun(runId);
    expect(run.params).toEqual(params);
    expect(run.tags).toMatchObject(tags);
    expect(await client.getMetricHistory(runId, 'loss')).toEqual(metrics);
  });

  it('refuses another value for a param, and accepts the same', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await client.logBatch(runId, { params: { seed: '1' } });
    await client.logBatch(runId, { params: { seed: '1' } });
    await expect(client.logBatch(runId, { params: { seed: '2' } })).rejects.toMatchObject(invalid);
    expect((await client.getRun(runId)).params).toEqual({ seed: '1' });
  });

  it('refuses over-long values and writes nothing of the batch', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const bad = { params: { fine: '1', long: 'x'.repeat(6001) } };
    await expect(client.logBatch(runId, bad)).rejects.toMatchObject(tooLong);
    await expect(client.logBatch(runId, { tags: { t: 'x'.repeat(8001) } })).rejects.toMatchObject(tooLong);
    await expect(client.logBatch(runId, { tags: { ['k'.repeat(251)]: 'x' } })).rejects.toMatchObject(tooLong);
    expect((await client.getRun(runId)).params).toEqual({});
  });

  it.each(['', '..', 'a//b', '/a', 'a/', 'a/../b', 'a\\b', 'a?', 'a*b', 'a\nb'])('refuses the key %j', async (key) => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await expect(client.logBatch(runId, { metrics: [point(key, 1)] })).rejects.toMatchObject(invalid);
    await expect(client.logBatch(runId, { params: { [key]: '1' } })).rejects.toMatchObject(invalid);
  });

  it('sets a tag anew', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await client.logBatch(runId, { tags: { state: 'old' } });
    await client.logBatch(runId, { tags: { state: 'new' } });
    expect((await client.getRun(runId)).tags['state']).toBe('new');
  });

  it('keeps everything that callers log at once', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const steps = Array.from({ length: 8 }, (_, i) => i);
    await Promise.all(
      steps.map((i) => client.logBatch(runId, { metrics: [point('m', i, i)], params: { [`p${i}`]: String(i) } })),
    );
    expect((await client.getMetricHistory(runId, 'm')).map(({ step }) => step)).toEqual(steps);
    expect(Object.keys((await client.getRun(runId)).params)).toHaveLength(8);
  });
}

/** Three runs: a (rmse 1), b (rmse NaN), c (no rmse). */
async function threeRuns({ client, experimentId }: Subject): Promise<Record<'a' | 'b' | 'c', string>> {
  const ids = { a: '', b: '', c: '' };
  for (const [index, name] of (['a', 'b', 'c'] as const).entries()) {
    const { runId } = await client.createRun({ experimentId, runName: name, startTime: 1000 + index });
    ids[name] = runId;
    await client.logBatch(runId, {
      metrics: name === 'c' ? [] : [point('rmse', name === 'a' ? 1 : NaN)],
      params: { size: name === 'a' ? 'Big one' : 'small' },
      tags: { 'user.name': name, ...(name === 'c' && { only: 'c' }) },
    });
  }
  await client.updateRun(ids.c, { status: 'FAILED', endTime: 5000 });
  await client.logInputs(ids.b, [{ name: 'wells', digest: 'd1', sourceType: 'local', source: '{}', context: 'train' }]);
  return ids;
}

const filters: [filter: string, names: string][] = [
  ['', 'cba'],
  ['metrics.rmse < 2 and metrics.rmse > 0.5', 'a'],
  ['metrics.rmse >= 1e0', 'a'],
  ["params.size = 'small'", 'cb'],
  ["params.size LIKE 'Big%'", 'a'],
  ["params.size like '%ONE'", ''],
  ["params.size ILIKE '%O_e'", 'a'],
  ["params.size != 'small' AND status = 'RUNNING'", 'a'],
  ["tags.`user.name` = 'b'", 'b'],
  ['tags."user.name" = "b"', 'b'],
  ['tags.only IS NULL', 'ba'],
  ['tags.only IS NOT NULL', 'c'],
  ["attributes.status = 'FAILED'", 'c'],
  ["attributes.run_name = 'a'", 'a'],
  ['attributes.start_time >= 1001', 'cb'],
  ['end_time = 5000', 'c'],
  ["datasets.name = 'wells' and datasets.context IN ('train', 'test')", 'b'],
  ["params.constructor != 'x'", ''],
  ["params.size = 'small' AND", 'cb'],
];

const badFilters = [
  "metrics.rmse = 'a'",
  'params.size = 5',
  "params.size > 'a'",
  "lifecycle_stage = 'active'",
  "nonsense.key = 'a'",
  "params.size = 'a' or params.size = 'b'",
  'params.size',
  "datasets.size = 'a'",
];

function searchContract(start: Start): void {
  it('finds what filters ask for, newest first', async () => {
    const subject = await start();
    await threeRuns(subject);
    for (const [filter, names] of filters) {
      const found = await subject.client.searchRuns({ experimentIds: [subject.experimentId], filter });
      expect([filter, found.map(({ runName }) => runName).join('')]).toEqual([filter, names]);
    }
  });

  it('finds runs by a list of ids', async () => {
    const subject = await start();
    const { a, c } = await threeRuns(subject);
    const filter = `run_id IN ('${a}', '${c}')`;
    const found = await subject.client.searchRuns({ experimentIds: [subject.experimentId], filter });
    expect(found.map(({ runId }) => runId)).toEqual([c, a]);
  });

  it.each(badFilters)('refuses the filter %s', async (filter) => {
    const subject = await start();
    await subject.client.createRun({ experimentId: subject.experimentId });
    const search = subject.client.searchRuns({ experimentIds: [subject.experimentId], filter });
    await expect(search).rejects.toMatchObject(invalid);
  });

  it('sorts numbers before NaN before nothing, in both directions', async () => {
    const subject = await start();
    const { client, experimentId } = subject;
    await threeRuns(subject);
    const { runId } = await client.createRun({ experimentId, runName: 'd' });
    await client.logBatch(runId, { metrics: [point('rmse', 3)] });
    const sorted = async (...orderBy: string[]): Promise<string> =>
      (await client.searchRuns({ experimentIds: [experimentId], orderBy })).map(({ runName }) => runName).join('');
    expect(await sorted('metrics.rmse ASC')).toBe('adbc');
    expect(await sorted('metrics.rmse DESC')).toBe('dabc');
    expect(await sorted('attributes.start_time')).toBe('abcd');
    expect(await sorted('params.size DESC', 'tags.`user.name` DESC')).toBe('cbad');
  });

  it('returns at most as many runs as asked for', async () => {
    const subject = await start();
    await threeRuns(subject);
    const search = { experimentIds: [subject.experimentId], maxResults: 2 };
    expect((await subject.client.searchRuns(search)).map(({ runName }) => runName)).toEqual(['c', 'b']);
    expect(await subject.client.searchRuns({ experimentIds: ['987654321'] })).toEqual([]);
  });
}

function artifactContract(start: Start): void {
  it('gives files back byte for byte', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 7) % 256);
    await client.uploadArtifact(runId, 'model/model.onnx', bytes);
    await client.uploadArtifact(runId, 'model/notes, 100% "ü" 1?.txt', 'first\n');
    await client.uploadArtifact(runId, 'empty.txt', '');
    expect(Buffer.from(await client.downloadArtifact(runId, 'model/model.onnx')).equals(bytes)).toBe(true);
    const notes = await client.downloadArtifact(runId, 'model/notes, 100% "ü" 1?.txt');
    expect(new TextDecoder().decode(notes)).toBe('first\n');
    expect(await client.downloadArtifact(runId, 'empty.txt')).toHaveLength(0);
  });

  it('lists one level of files and folders', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    expect(await client.listArtifacts(runId)).toEqual([]);
    await client.uploadArtifact(runId, 'model/deep/a.txt', 'abc');
    await client.uploadArtifact(runId, 'model/b.txt', '');
    await client.uploadArtifact(runId, 'c.txt', 'abcd');
    expect(await client.listArtifacts(runId)).toEqual([
      { path: 'c.txt', isDirectory: false, sizeBytes: 4 },
      { path: 'model', isDirectory: true, sizeBytes: 0 },
    ]);
    expect(await client.listArtifacts(runId, 'model')).toEqual([
      { path: 'model/b.txt', isDirectory: false, sizeBytes: 0 },
      { path: 'model/deep', isDirectory: true, sizeBytes: 0 },
    ]);
    expect(await client.listArtifacts(runId, 'c.txt')).toEqual([]);
    expect(await client.listArtifacts(runId, 'nothing')).toEqual([]);
  });

  it('replaces a file', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await client.uploadArtifact(runId, 'report.html', 'first version');
    await client.uploadArtifact(runId, 'report.html', 'second');
    expect(new TextDecoder().decode(await client.downloadArtifact(runId, 'report.html'))).toBe('second');
  });

  it('does not find a missing file, a folder, or a run', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await client.uploadArtifact(runId, 'model/a.txt', 'abc');
    await expect(client.downloadArtifact(runId, 'model/b.txt')).rejects.toMatchObject(notFound);
    await expect(client.downloadArtifact(runId, 'model')).rejects.toMatchObject(notFound);
    await expect(client.downloadArtifact(absentRun, 'a.txt')).rejects.toMatchObject(notFound);
    await expect(client.uploadArtifact(absentRun, 'a.txt', '')).rejects.toMatchObject(notFound);
  });

  it.each(['', '../a', '/a', 'a//b', 'a/./b', 'a/', 'a\\b', 'a#b', 'a%20b', 'a\nb'])(
    'refuses the path %j',
    async (path) => {
      const { client, experimentId } = await start();
      const { runId } = await client.createRun({ experimentId });
      await expect(client.uploadArtifact(runId, path, '')).rejects.toMatchObject(invalid);
      await expect(client.downloadArtifact(runId, path)).rejects.toMatchObject(invalid);
    },
  );
}

async function version({ client, experimentId, modelName }: Subject, tags = {}): Promise<ModelVersion> {
  const { runId } = await client.createRun({ experimentId });
  await client.ensureRegisteredModel(modelName);
  return client.createModelVersion({ name: modelName, source: `runs:/${runId}/model`, runId, tags });
}

function registryContract(start: Start): void {
  it('keeps a registered model with its aliases', async () => {
    const subject = await start();
    const { client, modelName } = subject;
    expect(await client.findRegisteredModel(modelName)).toBeUndefined();
    await version(subject);
    await client.ensureRegisteredModel(modelName); // again
    await client.setRegisteredModelAlias(modelName, 'staging', '1');
    expect(await client.findRegisteredModel(modelName)).toMatchObject({
      name: modelName,
      description: '',
      tags: {},
      aliases: { staging: '1' },
    });
  });

  it('numbers versions that are created at once without a gap or a repetition', async () => {
    const subject = await start();
    await version(subject);
    await Promise.all([version(subject), version(subject), version(subject)]);
    const versions = await subject.client.listModelVersions(subject.modelName);
    expect(versions.map((each) => each.version)).toEqual(['4', '3', '2', '1']);
  });

  it('joins aliases into what a search finds', async () => {
    const subject = await start();
    const { client, modelName } = subject;
    await version(subject, { digest: 'abc' });
    await version(subject);
    await client.setRegisteredModelAlias(modelName, 'staging', '1');
    await client.setRegisteredModelAlias(modelName, 'production', '1');
    const found = await client.listModelVersions(modelName);
    expect(found.map(({ aliases }) => aliases)).toEqual([[], ['production', 'staging']]);
    expect(found[1]).toEqual(await client.getModelVersion(modelName, '1'));
    expect(await client.findModelVersionByAlias(modelName, 'production')).toEqual(found[1]);
  });

  it.each(['latest', 'Latest', 'v1', 'V22', '', 'a b', 'a/b'])('refuses the alias %j', async (alias) => {
    const subject = await start();
    await version(subject);
    const { client, modelName } = subject;
    await expect(client.setRegisteredModelAlias(modelName, alias, '1')).rejects.toMatchObject(invalid);
    await expect(client.findModelVersionByAlias(modelName, alias)).rejects.toMatchObject(invalid);
  });

  it.each(['', 'a/b', 'a:b', '..', '.hidden', `both ' and "`])('refuses the model name %j', async (name) => {
    const { client } = await start();
    await expect(client.ensureRegisteredModel(name)).rejects.toMatchObject(invalid);
  });

  it('finds the versions of a model with a quote in its name', async () => {
    const subject = await start();
    const quoted = { ...subject, modelName: `${subject.modelName} driller's` };
    await version(quoted);
    expect(await subject.client.listModelVersions(quoted.modelName)).toHaveLength(1);
  });

  it('refuses versions that are no whole numbers and stages that do not exist', async () => {
    const subject = await start();
    const { client, modelName } = subject;
    await version(subject);
    await expect(client.getModelVersion(modelName, 'latest')).rejects.toMatchObject(invalid);
    const stage = 'Canary' as 'Staging';
    await expect(client.transitionModelVersionStage(modelName, '1', stage, false)).rejects.toMatchObject(invalid);
    await expect(client.transitionModelVersionStage(modelName, '1', 'Archived', true)).rejects.toMatchObject(invalid);
    expect((await client.getModelVersion(modelName, '1')).currentStage).toBe('None');
  });

  it('archives nothing when the version to be moved does not exist', async () => {
    const subject = await start();
    const { client, modelName } = subject;
    await version(subject);
    await client.transitionModelVersionStage(modelName, '1', 'Production', true);
    await expect(client.transitionModelVersionStage(modelName, '9', 'Production', true)).rejects.toMatchObject(
      notFound,
    );
    expect((await client.getModelVersion(modelName, '1')).currentStage).toBe('Production');
  });

  it('does not find aliases, tags and versions of an unknown model', async () => {
    const { client, modelName } = await start();
    await expect(client.getModelVersion(modelName, '1')).rejects.toMatchObject(notFound);
    await expect(client.setModelVersionTag(modelName, '1', 'a', 'b')).rejects.toMatchObject(notFound);
    await expect(client.setRegisteredModelAlias(modelName, 'a', '1')).rejects.toMatchObject(notFound);
    await expect(client.deleteRegisteredModelAlias(modelName, 'a')).rejects.toMatchObject(notFound);
  });

  it('refuses over-long tags of a version', async () => {
    const subject = await start();
    await version(subject);
    const { client, modelName } = subject;
    const long = 'x'.repeat(100_001);
    await expect(client.setModelVersionTag(modelName, '1', 'a', long)).rejects.toMatchObject(tooLong);
  });
}
