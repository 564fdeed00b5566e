import type { RouteName } from '../src/rest/routes.js';

/** By which call of the client each route is used. */
export const callOf: Readonly<Record<RouteName, string>> = {
  health: 'serveStore() answers it; the client asks for the version instead',
  version: 'serverVersion()',
  serverInfo: 'capabilities()',

  createExperiment: 'createExperiment()',
  searchExperiments: 'searchExperiments()',
  getExperiment: 'getExperiment()',
  getExperimentByName: 'findExperimentByName()',
  deleteExperiment: 'deleteExperiment()',
  restoreExperiment: 'restoreExperiment()',
  updateExperiment: 'renameExperiment()',
  setExperimentTag: 'setExperimentTag()',
  deleteExperimentTag: 'deleteExperimentTag()',
  searchDatasets: 'searchDatasets()',

  createRun: 'createRun()',
  updateRun: 'updateRun()',
  deleteRun: 'deleteRun()',
  restoreRun: 'restoreRun()',
  getRun: 'getRun()',
  searchRuns: 'searchRuns()',
  logMetric: 'logMetric()',
  logParam: 'logParam()',
  setTag: 'setTag()',
  deleteTag: 'deleteTag()',
  logBatch: 'logBatch()',
  recordModel: 'recordModel()',
  logInputs: 'logInputs()',
  logOutputs: 'logOutputs()',

  getMetricHistory: 'getMetricHistory()',
  getMetricHistoryInterval: 'getMetricHistoryInterval()',
  getMetricHistoryBulk: 'getMetricHistoryBulk()',

  createLoggedModel: 'createLoggedModel()',
  searchLoggedModels: 'searchLoggedModels()',
  getLoggedModel: 'getLoggedModel()',
  finalizeLoggedModel: 'finalizeLoggedModel()',
  deleteLoggedModel: 'deleteLoggedModel()',
  setLoggedModelTags: 'setLoggedModelTags()',
  deleteLoggedModelTag: 'deleteLoggedModelTag()',
  logLoggedModelParams: 'logLoggedModelParams()',
  listLoggedModelArtifacts: 'artifacts().list()',

  createRegisteredModel: 'createRegisteredModel()',
  getRegisteredModel: 'findRegisteredModel()',
  searchRegisteredModels: 'searchRegisteredModels()',
  renameRegisteredModel: 'renameRegisteredModel()',
  updateRegisteredModel: 'updateRegisteredModel()',
  deleteRegisteredModel: 'deleteRegisteredModel()',
  setRegisteredModelTag: 'setRegisteredModelTag()',
  deleteRegisteredModelTag: 'deleteRegisteredModelTag()',
  setRegisteredModelAlias: 'setRegisteredModelAlias()',
  deleteRegisteredModelAlias: 'deleteRegisteredModelAlias()',
  getModelVersionByAlias: 'findModelVersionByAlias()',
  getLatestVersions: 'getLatestVersions()',

  createModelVersion: 'createModelVersion()',
  getModelVersion: 'getModelVersion()',
  searchModelVersions: 'searchModelVersions()',
  updateModelVersion: 'updateModelVersion()',
  deleteModelVersion: 'deleteModelVersion()',
  getModelVersionDownloadUri: 'getModelVersionDownloadUri()',
  setModelVersionTag: 'setModelVersionTag()',
  deleteModelVersionTag: 'deleteModelVersionTag()',
  transitionModelVersionStage: 'transitionModelVersionStage()',

  createWebhook: 'createWebhook()',
  listWebhooks: 'listWebhooks()',
  getWebhook: 'getWebhook()',
  updateWebhook: 'updateWebhook()',
  deleteWebhook: 'deleteWebhook()',
  testWebhook: 'testWebhook()',

  listArtifacts: 'artifacts().list()',
  uploadArtifact: 'artifacts().upload()',
  downloadArtifact: 'artifacts().download()',
  deleteArtifact: 'artifacts().delete()',
  listProxiedArtifacts: 'artifacts().list()',
  createMultipartUpload: 'artifacts().uploadFile()',
  completeMultipartUpload: 'artifacts().uploadFile()',
  abortMultipartUpload: 'artifacts().uploadFile()',
};

/** Endpoints that are left out together, and why. */
export interface Family {
  readonly title: string;
  readonly reason: string;
  /** Of paths below `/api/2.0/mlflow`, `/api/3.0/mlflow` and so on. */
  readonly pattern: RegExp;
}

/** What is left out. The first family whose pattern matches has the endpoint. */
export const families: readonly Family[] = [
  {
    title: 'Users, roles and permissions',
    reason: 'administration of `--app-name basic-auth`, done by `mlflow` itself; the client only signs in',
    pattern: /\/(?:users|roles|signup|permissions)\b/,
  },
  {
    title: 'Another method for the same',
    reason: 'the client uses POST, which has room for long lists and filters',
    pattern: /\/(?:experiments\/search|registered-models\/get-latest-versions)$/,
  },
  {
    title: 'Another way to the same files',
    reason:
      'files go through the artifact proxy or to a folder of this machine; storage that only the server reaches is refused with MLFLOW_UNSUPPORTED_ARTIFACT_STORE, for some of these endpoints would reach it, the newest servers have most of them, and none can delete there',
    pattern: /get-artifact$|upload-artifact$|presigned|logged-models\/\{model_id\}\/artifacts\/files$/,
  },
  {
    title: 'A slip of the router',
    reason: 'a path without its slash; the client uses the one below `/ajax-api`',
    pattern: /2\.0mlflow/,
  },
  {
    title: 'Tracing',
    reason: 'for GenAI applications, which `@mlflow/core` of the MLflow project covers in TypeScript',
    pattern: /traces\b|trace-artifact|trace-details/,
  },
  {
    title: 'Gateway',
    reason: 'calls of language models and their budgets, secrets and guard rails: another product in the same server',
    pattern: /\/gateway(?:-proxy)?\b/,
  },
  {
    title: 'Evaluation',
    reason: 'scorers, judges, evaluation datasets, reviews by people: for GenAI applications, in Python',
    pattern: /\/(?:scorers?|genai|datasets|label-schemas|review-queues|issues)\b/,
  },
  {
    title: 'Prompts',
    reason: 'prompt optimisation and the prompt lab run in the server, for its user interface',
    pattern: /prompt/,
  },
  {
    title: 'MCP registry',
    reason: 'a registry of tools for language models, apart from models and runs',
    pattern: /\/mcp-servers\b/,
  },
  {
    title: 'Workspaces',
    reason: 'administration; the client works inside the workspace that MLFLOW_WORKSPACE names',
    pattern: /\/workspaces\b/,
  },
  {
    title: 'User interface',
    reason: 'pages, assistant, jobs, demo data and telemetry of the web interface: no API for programs',
    pattern: /^\/$|^\/(?:build|static-files|graphql)|\/(?:ui-telemetry|assistant|jobs|demo)\b/,
  },
];
