import type { MlflowClient } from '../src/index.js';

/** What a store contains before each step. */
export interface Base {
  readonly experimentId: string;
  readonly deletedExperimentId: string;
  readonly runId: string;
  readonly deletedRunId: string;
  readonly modelId: string;
}

/** One change of a store. */
export interface Step {
  readonly method: string;
  readonly change: (client: MlflowClient, base: Base) => Promise<unknown>;
  /** Whether a process that dies in it leaves all or nothing of it. @default 'whole' */
  readonly grain?: 'whole' | 'parts';
  /** Whether making it twice is more than making it once. @default false */
  readonly adds?: boolean;
}

const time = 1_700_000_000_000;
const point = { key: 'loss', value: 0.5, timestamp: time, step: 1 };

/** Makes a store with one thing of every kind, and some deleted ones. */
export async function prepareBase(client: MlflowClient): Promise<Base> {
  const experimentId = await client.createExperiment({ name: 'kept', tags: { e: '1' } });
  const deletedExperimentId = await client.createExperiment({ name: 'deleted' });
  await client.deleteExperiment(deletedExperimentId);
  const { runId } = await client.createRun({ experimentId, runName: 'run', startTime: time, tags: { t: '1' } });
  const { runId: deletedRunId } = await client.createRun({ experimentId, runName: 'gone', startTime: time });
  await client.deleteRun(deletedRunId);
  await client.logBatch(runId, { metrics: [point], params: { p: '1' }, tags: { old: 'x' } });
  for (const path of ['kept.txt', 'dir/a.txt', 'dir/b.txt']) await client.uploadArtifact(runId, path, path);
  const { modelId } = await client.createLoggedModel({ experimentId, name: 'logged', tags: { t: '1' } });
  await client.createRegisteredModel({ name: 'm', tags: { t: '1' }, description: 'first' });
  for (const tags of [{ digest: 'a' }, { digest: 'b' }]) {
    await client.createModelVersion({ name: 'm', source: `runs:/${runId}/model`, runId, tags });
  }
  await client.transitionModelVersionStage('m', '1', 'Production', false);
  await client.setRegisteredModelAlias('m', 'champion', '1');
  return { experimentId, deletedExperimentId, runId, deletedRunId, modelId };
}

const experimentSteps: readonly Step[] = [
  {
    method: 'createExperiment',
    change: (client) => client.createExperiment({ name: 'new', tags: { a: '1', b: '2' } }),
  },
  { method: 'ensureExperiment', change: (client) => client.ensureExperiment('new') },
  {
    method: 'renameExperiment',
    change: (client, { experimentId }) => client.renameExperiment(experimentId, 'renamed'),
  },
  {
    method: 'deleteExperiment',
    grain: 'parts',
    change: (client, { experimentId }) => client.deleteExperiment(experimentId),
  },
  { method: 'restoreExperiment', change: (client, base) => client.restoreExperiment(base.deletedExperimentId) },
  { method: 'setExperimentTag', change: (client, { experimentId }) => client.setExperimentTag(experimentId, 'e', '2') },
  {
    method: 'deleteExperimentTag',
    change: (client, { experimentId }) => client.deleteExperimentTag(experimentId, 'e'),
  },
];

const batch = {
  params: { p: '1', q: '2', r: '3' },
  metrics: [
    { ...point, step: 2 },
    { ...point, step: 3 },
    { ...point, key: 'dir/new', step: 1 },
    { ...point, key: 'dir/new', step: 2 },
  ],
  tags: { old: 'y', new: 'z' },
};

const dataset = { name: 'd', digest: '1', sourceType: 'local', source: 's', context: 'training' };
const mlmodel = {
  artifact_path: 'model',
  model_uuid: '',
  flavors: {},
  utc_time_created: '2024-01-01 00:00:00.000000',
  run_id: '',
};

const runSteps: readonly Step[] = [
  {
    method: 'createRun',
    adds: true,
    change: (client, { experimentId }) =>
      client.createRun({ experimentId, runName: 'new', startTime: time, tags: { a: '1' } }),
  },
  {
    method: 'updateRun',
    change: (client, { runId }) => client.updateRun(runId, { status: 'FINISHED', endTime: time }),
  },
  { method: 'deleteRun', change: (client, { runId }) => client.deleteRun(runId) },
  { method: 'restoreRun', change: (client, { deletedRunId }) => client.restoreRun(deletedRunId) },
  { method: 'logBatch', grain: 'parts', change: (client, { runId }) => client.logBatch(runId, batch) },
  { method: 'logMetric', change: (client, { runId }) => client.logMetric(runId, { ...point, step: 2 }) },
  {
    method: 'logMetric',
    grain: 'parts', // of the run, then of the model
    change: (client, { runId, modelId }) => client.logMetric(runId, { ...point, step: 2, modelId }),
  },
  { method: 'logParam', change: (client, { runId }) => client.logParam(runId, 'q', '2') },
  { method: 'setTag', change: (client, { runId }) => client.setTag(runId, 'old', 'y') },
  { method: 'deleteTag', change: (client, { runId }) => client.deleteTag(runId, 'old') },
  {
    method: 'logInputs',
    grain: 'parts',
    change: (client, { runId, modelId }) => client.logInputs(runId, [dataset], [modelId]),
  },
  { method: 'logOutputs', change: (client, { runId, modelId }) => client.logOutputs(runId, [{ modelId, step: 1 }]) },
  {
    method: 'recordModel',
    adds: true,
    change: (client, { runId }) => client.recordModel(runId, { ...mlmodel, run_id: runId }),
  },
  { method: 'uploadArtifact', change: (client, { runId }) => client.uploadArtifact(runId, 'a/b.txt', 'content') },
  { method: 'artifacts', change: (client, { runId }) => client.artifacts({ runId }).delete('dir') },
];

const loggedModelSteps: readonly Step[] = [
  {
    method: 'createLoggedModel',
    adds: true,
    change: (client, { experimentId }) =>
      client.createLoggedModel({ experimentId, name: 'new', params: { p: '1' }, tags: { a: '1' } }),
  },
  { method: 'finalizeLoggedModel', change: (client, { modelId }) => client.finalizeLoggedModel(modelId, 'READY') },
  { method: 'deleteLoggedModel', change: (client, { modelId }) => client.deleteLoggedModel(modelId) },
  {
    method: 'setLoggedModelTags',
    grain: 'parts',
    change: (client, { modelId }) => client.setLoggedModelTags(modelId, { t: '2', u: '3' }),
  },
  { method: 'deleteLoggedModelTag', change: (client, { modelId }) => client.deleteLoggedModelTag(modelId, 't') },
  {
    method: 'logLoggedModelParams',
    grain: 'parts',
    change: (client, { modelId }) => client.logLoggedModelParams(modelId, { p: '1', q: '2' }),
  },
];

const registrySteps: readonly Step[] = [
  {
    method: 'createRegisteredModel',
    change: (client) => client.createRegisteredModel({ name: 'new', tags: { a: '1' }, description: 'x' }),
  },
  { method: 'ensureRegisteredModel', change: (client) => client.ensureRegisteredModel('new') },
  { method: 'renameRegisteredModel', change: (client) => client.renameRegisteredModel('m', 'renamed') },
  { method: 'updateRegisteredModel', change: (client) => client.updateRegisteredModel('m', 'second') },
  { method: 'deleteRegisteredModel', change: (client) => client.deleteRegisteredModel('m') },
  { method: 'setRegisteredModelTag', change: (client) => client.setRegisteredModelTag('m', 't', '2') },
  { method: 'deleteRegisteredModelTag', change: (client) => client.deleteRegisteredModelTag('m', 't') },
  { method: 'setRegisteredModelAlias', change: (client) => client.setRegisteredModelAlias('m', 'champion', '2') },
  { method: 'deleteRegisteredModelAlias', change: (client) => client.deleteRegisteredModelAlias('m', 'champion') },
];

const versionSteps: readonly Step[] = [
  {
    method: 'createModelVersion',
    adds: true,
    change: (client, { runId }) =>
      client.createModelVersion({ name: 'm', source: `runs:/${runId}/model`, runId, tags: { digest: 'c' } }),
  },
  {
    method: 'createModelVersion',
    adds: true,
    grain: 'parts', // the version, then a tag of the logged model
    change: (client, { modelId }) => client.createModelVersion({ name: 'm', source: `models:/${modelId}`, modelId }),
  },
  { method: 'updateModelVersion', change: (client) => client.updateModelVersion('m', '1', 'described') },
  { method: 'deleteModelVersion', grain: 'parts', change: (client) => client.deleteModelVersion('m', '1') },
  { method: 'setModelVersionTag', change: (client) => client.setModelVersionTag('m', '1', 'digest', 'z') },
  { method: 'deleteModelVersionTag', change: (client) => client.deleteModelVersionTag('m', '1', 'digest') },
  {
    method: 'transitionModelVersionStage',
    grain: 'parts', // the version, then those that it replaces
    change: (client) => client.transitionModelVersionStage('m', '2', 'Production', true),
  },
];

/** Every method that changes a store, on what {@link prepareBase} makes. */
export const killSteps: readonly Step[] = [
  ...experimentSteps,
  ...runSteps,
  ...loggedModelSteps,
  ...registrySteps,
  ...versionSteps,
];

/** Methods of a store that change nothing, or, as those of webhooks, cannot. */
export const otherMethods: readonly string[] = [
  ...['capabilities', 'serverVersion', 'trackingUri', 'with', 'downloadArtifact', 'listArtifacts'],
  ...['getExperiment', 'findExperimentByName', 'searchExperiments', 'getRun', 'searchRuns', 'searchDatasets'],
  ...['getMetricHistory', 'pageMetricHistory', 'getMetricHistoryBulk', 'getMetricHistoryInterval'],
  ...['getLoggedModel', 'searchLoggedModels', 'findRegisteredModel', 'searchRegisteredModels', 'getLatestVersions'],
  ...[
    'getModelVersion',
    'listModelVersions',
    'searchModelVersions',
    'findModelVersionByAlias',
    'getModelVersionDownloadUri',
  ],
  ...['createWebhook', 'getWebhook', 'listWebhooks', 'updateWebhook', 'deleteWebhook', 'testWebhook'],
];
