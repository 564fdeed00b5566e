import fc from 'fast-check';
import type { MlflowClient } from '../../src/index.js';

/** What a filter may name, and each store names differently: ids and times, by label. */
export type Labels = ReadonlyMap<string, string>;

const seed = 3;
export const texts = [
  'alpha',
  'Alpha',
  'ALPHA beta',
  'é',
  'É',
  '100%',
  'a_b',
  "it's",
  'say "x"',
  '😀',
  '',
  '5',
  ' 5',
] as const;
export const keys = ['a', 'val/loss', 'with space', 'dotted.key'] as const;
// A NaN of a logged model becomes 0 on a server; see the README.
const finite = fc.constantFrom(-2.5, -1, 0, 0.1, 1, 1.5, 1000);
const value = fc.oneof(finite, fc.constantFrom(NaN, Infinity, -Infinity));
const someTexts = fc.dictionary(fc.constantFrom(...keys), fc.constantFrom(...texts), {
  maxKeys: 3,
  noNullPrototype: true,
});
const datasets = fc.uniqueArray(fc.constantFrom('wells', 'Rigs', 'é'), { maxLength: 2 });

const runs = fc.sample(
  fc.record({
    name: fc.constantFrom('alpha', 'Alpha', 'é', 'a_b'),
    status: fc.constantFrom('RUNNING' as const, 'FINISHED' as const, 'FAILED' as const),
    endTime: fc.option(fc.constantFrom(1010, 1020, 1030), { nil: undefined }),
    metrics: fc.dictionary(fc.constantFrom(...keys), fc.array(value, { minLength: 1, maxLength: 3 }), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
    params: someTexts,
    tags: someTexts,
    datasets,
    context: fc.option(fc.constantFrom('training', 'Test'), { nil: undefined }),
  }),
  { seed, numRuns: 30 },
);

const models = fc.sample(
  fc.record({
    name: fc.constantFrom('alpha', 'Alpha', 'a_b', 'é'),
    modelType: fc.option(fc.constantFrom('lstm', 'LSTM', 'tree'), { nil: undefined }),
    params: someTexts,
    tags: someTexts,
    points: fc.array(fc.tuple(fc.constantFrom(...keys), finite, fc.option(fc.constantFrom('wells', 'Rigs'))), {
      maxLength: 5,
    }),
  }),
  { seed, numRuns: 20 },
);

const tagged = fc.sample(someTexts, { seed, numRuns: 12 });

/** Writes the same runs, experiments and models to any store; the labels of its ids and times. */
export async function writeSamples(client: MlflowClient): Promise<Labels> {
  const labels = new Map<string, string>();
  await writeExperiments(client, labels);
  const experimentId = await client.ensureExperiment('searched');
  labels.set('experiment', experimentId);
  for (const index of runs.keys()) await writeRun(client, labels, index);
  for (const index of models.keys()) await writeLoggedModel(client, labels, index);
  await writeRegistry(client, labels);
  return labels;
}

async function writeExperiments(client: MlflowClient, labels: Map<string, string>): Promise<void> {
  for (const [index, tags] of tagged.entries()) {
    const id = await inNewMillisecond(() => client.createExperiment({ name: `${nameOf(index)} ${index}`, tags }));
    labels.set(`experiment ${index}`, id);
    labels.set(`experiment time ${index}`, String((await client.getExperiment(id)).creationTime));
  }
}

async function writeRun(client: MlflowClient, labels: Map<string, string>, index: number): Promise<void> {
  const run = runs[index];
  if (run === undefined) return;
  const runName = `${run.name} ${index}`;
  const experimentId = labels.get('experiment') ?? '';
  // A time for each: ids, which decide between equals, are different in every store.
  const { runId } = await client.createRun({ experimentId, runName, startTime: 1000 + index });
  labels.set(`run ${index}`, runId);
  const metrics = Object.entries(run.metrics).flatMap(([key, values]) =>
    values.map((each, step) => ({ key, value: each, timestamp: 5, step })),
  );
  await client.logBatch(runId, { metrics, params: run.params, tags: run.tags });
  const inputs = run.datasets.map((name, number) => ({
    name,
    digest: `d${number}`,
    sourceType: 'local',
    source: '{}',
    ...(run.context !== undefined && { context: run.context }),
  }));
  if (inputs.length > 0) await client.logInputs(runId, inputs);
  await client.updateRun(runId, { status: run.status, ...(run.endTime !== undefined && { endTime: run.endTime }) });
}

async function writeLoggedModel(client: MlflowClient, labels: Map<string, string>, index: number): Promise<void> {
  const model = models[index];
  if (model === undefined) return;
  const { modelId, creationTimestamp } = await inNewMillisecond(() =>
    client.createLoggedModel({
      experimentId: labels.get('experiment') ?? '',
      name: `${model.name} ${index}`,
      params: model.params,
      tags: model.tags,
      ...(model.modelType !== undefined && { modelType: model.modelType }),
      ...(index % 2 === 0 && { sourceRunId: labels.get('run 0') ?? '' }),
    }),
  );
  labels.set(`model ${index}`, modelId);
  labels.set(`model time ${index}`, String(creationTimestamp));
  const metrics = model.points.map(([key, each, dataset], step) => ({
    ...{ key, value: each, timestamp: 5 + step, step, modelId },
    ...(dataset !== null && { datasetName: dataset, datasetDigest: `${dataset}1` }),
  }));
  if (metrics.length > 0) await client.logBatch(labels.get('run 0') ?? '', { metrics });
  if (index % 3 === 0) await client.finalizeLoggedModel(modelId, 'READY');
}

async function writeRegistry(client: MlflowClient, labels: Map<string, string>): Promise<void> {
  for (const [index, tags] of tagged.slice(0, 6).entries()) {
    const name = `${nameOf(index)} ${index}`;
    await inNewMillisecond(() => client.createRegisteredModel({ name, tags }));
    for (const version of [0, 1].slice(0, 1 + (index % 2))) {
      const runId = labels.get(`run ${index + version}`) ?? '';
      const tags = tagged[6 + ((index + version) % 6)] ?? {};
      // A server takes the run from a source in it, so that only another source has none.
      const source = version === 0 ? { source: `runs:/${runId}/model`, runId } : { source: 's3://models/9' };
      const made = { name, tags, ...source };
      await inNewMillisecond(() => client.createModelVersion(made));
    }
  }
}

function nameOf(index: number): string {
  return ['alpha', 'Alpha', 'a_b', 'ALPHA beta', 'é'][index % 5] ?? '';
}

// Order by time says the same in both stores only when no two times are equal.
async function inNewMillisecond<T>(work: () => Promise<T>): Promise<T> {
  const result = await work();
  await new Promise((resolve) => setTimeout(resolve, 2));
  return result;
}
