/** One endpoint of MLflow's REST API. `{name}` in a path stands for a value. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
}

const v2 = '/api/2.0/mlflow';
const proxy = '/api/2.0/mlflow-artifacts';

/** Every endpoint that this client calls. The face of a store answers the same ones; `docs/mlflow-endpoints.md` lists them beside the others. */
export const routes = {
  health: { method: 'GET', path: '/health' },
  version: { method: 'GET', path: '/version' },
  serverInfo: { method: 'GET', path: '/api/3.0/mlflow/server-info' },

  createExperiment: { method: 'POST', path: `${v2}/experiments/create` },
  searchExperiments: { method: 'POST', path: `${v2}/experiments/search` },
  getExperiment: { method: 'GET', path: `${v2}/experiments/get` },
  getExperimentByName: { method: 'GET', path: `${v2}/experiments/get-by-name` },
  deleteExperiment: { method: 'POST', path: `${v2}/experiments/delete` },
  restoreExperiment: { method: 'POST', path: `${v2}/experiments/restore` },
  updateExperiment: { method: 'POST', path: `${v2}/experiments/update` },
  setExperimentTag: { method: 'POST', path: `${v2}/experiments/set-experiment-tag` },
  deleteExperimentTag: { method: 'POST', path: `${v2}/experiments/delete-experiment-tag` },
  searchDatasets: { method: 'POST', path: '/ajax-api/2.0/mlflow/experiments/search-datasets' },

  createRun: { method: 'POST', path: `${v2}/runs/create` },
  updateRun: { method: 'POST', path: `${v2}/runs/update` },
  deleteRun: { method: 'POST', path: `${v2}/runs/delete` },
  restoreRun: { method: 'POST', path: `${v2}/runs/restore` },
  getRun: { method: 'GET', path: `${v2}/runs/get` },
  searchRuns: { method: 'POST', path: `${v2}/runs/search` },
  logMetric: { method: 'POST', path: `${v2}/runs/log-metric` },
  logParam: { method: 'POST', path: `${v2}/runs/log-parameter` },
  setTag: { method: 'POST', path: `${v2}/runs/set-tag` },
  deleteTag: { method: 'POST', path: `${v2}/runs/delete-tag` },
  logBatch: { method: 'POST', path: `${v2}/runs/log-batch` },
  recordModel: { method: 'POST', path: `${v2}/runs/log-model` },
  logInputs: { method: 'POST', path: `${v2}/runs/log-inputs` },
  logOutputs: { method: 'POST', path: `${v2}/runs/outputs` },

  getMetricHistory: { method: 'GET', path: `${v2}/metrics/get-history` },
  getMetricHistoryInterval: { method: 'GET', path: `${v2}/metrics/get-history-bulk-interval` },
  getMetricHistoryBulk: { method: 'GET', path: '/ajax-api/2.0/mlflow/metrics/get-history-bulk' },

  createLoggedModel: { method: 'POST', path: `${v2}/logged-models` },
  searchLoggedModels: { method: 'POST', path: `${v2}/logged-models/search` },
  getLoggedModel: { method: 'GET', path: `${v2}/logged-models/{model_id}` },
  finalizeLoggedModel: { method: 'PATCH', path: `${v2}/logged-models/{model_id}` },
  deleteLoggedModel: { method: 'DELETE', path: `${v2}/logged-models/{model_id}` },
  setLoggedModelTags: { method: 'PATCH', path: `${v2}/logged-models/{model_id}/tags` },
  deleteLoggedModelTag: { method: 'DELETE', path: `${v2}/logged-models/{model_id}/tags/{tag_key}` },
  logLoggedModelParams: { method: 'POST', path: `${v2}/logged-models/{model_id}/params` },
  listLoggedModelArtifacts: { method: 'GET', path: `${v2}/logged-models/{model_id}/artifacts/directories` },

  createRegisteredModel: { method: 'POST', path: `${v2}/registered-models/create` },
  getRegisteredModel: { method: 'GET', path: `${v2}/registered-models/get` },
  searchRegisteredModels: { method: 'GET', path: `${v2}/registered-models/search` },
  renameRegisteredModel: { method: 'POST', path: `${v2}/registered-models/rename` },
  updateRegisteredModel: { method: 'PATCH', path: `${v2}/registered-models/update` },
  deleteRegisteredModel: { method: 'DELETE', path: `${v2}/registered-models/delete` },
  setRegisteredModelTag: { method: 'POST', path: `${v2}/registered-models/set-tag` },
  deleteRegisteredModelTag: { method: 'DELETE', path: `${v2}/registered-models/delete-tag` },
  setRegisteredModelAlias: { method: 'POST', path: `${v2}/registered-models/alias` },
  deleteRegisteredModelAlias: { method: 'DELETE', path: `${v2}/registered-models/alias` },
  getModelVersionByAlias: { method: 'GET', path: `${v2}/registered-models/alias` },
  getLatestVersions: { method: 'POST', path: `${v2}/registered-models/get-latest-versions` },

  createModelVersion: { method: 'POST', path: `${v2}/model-versions/create` },
  getModelVersion: { method: 'GET', path: `${v2}/model-versions/get` },
  searchModelVersions: { method: 'GET', path: `${v2}/model-versions/search` },
  updateModelVersion: { method: 'PATCH', path: `${v2}/model-versions/update` },
  deleteModelVersion: { method: 'DELETE', path: `${v2}/model-versions/delete` },
  getModelVersionDownloadUri: { method: 'GET', path: `${v2}/model-versions/get-download-uri` },
  setModelVersionTag: { method: 'POST', path: `${v2}/model-versions/set-tag` },
  deleteModelVersionTag: { method: 'DELETE', path: `${v2}/model-versions/delete-tag` },
  transitionModelVersionStage: { method: 'POST', path: `${v2}/model-versions/transition-stage` },

  createWebhook: { method: 'POST', path: `${v2}/webhooks` },
  listWebhooks: { method: 'GET', path: `${v2}/webhooks` },
  getWebhook: { method: 'GET', path: `${v2}/webhooks/{webhook_id}` },
  updateWebhook: { method: 'PATCH', path: `${v2}/webhooks/{webhook_id}` },
  deleteWebhook: { method: 'DELETE', path: `${v2}/webhooks/{webhook_id}` },
  testWebhook: { method: 'POST', path: `${v2}/webhooks/{webhook_id}/test` },

  listArtifacts: { method: 'GET', path: `${v2}/artifacts/list` },
  uploadArtifact: { method: 'PUT', path: `${proxy}/artifacts/{path}` },
  downloadArtifact: { method: 'GET', path: `${proxy}/artifacts/{path}` },
  deleteArtifact: { method: 'DELETE', path: `${proxy}/artifacts/{path}` },
  listProxiedArtifacts: { method: 'GET', path: `${proxy}/artifacts` },
  createMultipartUpload: { method: 'POST', path: `${proxy}/mpu/create/{path}` },
  completeMultipartUpload: { method: 'POST', path: `${proxy}/mpu/complete/{path}` },
  abortMultipartUpload: { method: 'POST', path: `${proxy}/mpu/abort/{path}` },
} as const satisfies Record<string, Route>;

/** The name of an endpoint. */
export type RouteName = keyof typeof routes;
