/** One endpoint of MLflow's REST API. `{name}` in a path stands for a value. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
}

/** Every endpoint that this client calls. The face of a store answers the same ones; `docs/mlflow-endpoints.md` lists them beside the others. */
export const routes = {
  health: { method: 'GET', path: '/health' },
  version: { method: 'GET', path: '/version' },
  serverInfo: { method: 'GET', path: '/api/3.0/mlflow/server-info' },

  createExperiment: { method: 'POST', path: '/api/2.0/mlflow/experiments/create' },
  searchExperiments: { method: 'POST', path: '/api/2.0/mlflow/experiments/search' },
  getExperiment: { method: 'GET', path: '/api/2.0/mlflow/experiments/get' },
  getExperimentByName: { method: 'GET', path: '/api/2.0/mlflow/experiments/get-by-name' },
  deleteExperiment: { method: 'POST', path: '/api/2.0/mlflow/experiments/delete' },
  restoreExperiment: { method: 'POST', path: '/api/2.0/mlflow/experiments/restore' },
  updateExperiment: { method: 'POST', path: '/api/2.0/mlflow/experiments/update' },
  setExperimentTag: { method: 'POST', path: '/api/2.0/mlflow/experiments/set-experiment-tag' },
  deleteExperimentTag: { method: 'POST', path: '/api/2.0/mlflow/experiments/delete-experiment-tag' },
  searchDatasets: { method: 'POST', path: '/ajax-api/2.0/mlflow/experiments/search-datasets' },

  createRun: { method: 'POST', path: '/api/2.0/mlflow/runs/create' },
  updateRun: { method: 'POST', path: '/api/2.0/mlflow/runs/update' },
  deleteRun: { method: 'POST', path: '/api/2.0/mlflow/runs/delete' },
  restoreRun: { method: 'POST', path: '/api/2.0/mlflow/runs/restore' },
  getRun: { method: 'GET', path: '/api/2.0/mlflow/runs/get' },
  searchRuns: { method: 'POST', path: '/api/2.0/mlflow/runs/search' },
  logMetric: { method: 'POST', path: '/api/2.0/mlflow/runs/log-metric' },
  logParam: { method: 'POST', path: '/api/2.0/mlflow/runs/log-parameter' },
  setTag: { method: 'POST', path: '/api/2.0/mlflow/runs/set-tag' },
  deleteTag: { method: 'POST', path: '/api/2.0/mlflow/runs/delete-tag' },
  logBatch: { method: 'POST', path: '/api/2.0/mlflow/runs/log-batch' },
  recordModel: { method: 'POST', path: '/api/2.0/mlflow/runs/log-model' },
  logInputs: { method: 'POST', path: '/api/2.0/mlflow/runs/log-inputs' },
  logOutputs: { method: 'POST', path: '/api/2.0/mlflow/runs/outputs' },

  getMetricHistory: { method: 'GET', path: '/api/2.0/mlflow/metrics/get-history' },
  getMetricHistoryInterval: { method: 'GET', path: '/api/2.0/mlflow/metrics/get-history-bulk-interval' },
  getMetricHistoryBulk: { method: 'GET', path: '/ajax-api/2.0/mlflow/metrics/get-history-bulk' },

  createLoggedModel: { method: 'POST', path: '/api/2.0/mlflow/logged-models' },
  searchLoggedModels: { method: 'POST', path: '/api/2.0/mlflow/logged-models/search' },
  getLoggedModel: { method: 'GET', path: '/api/2.0/mlflow/logged-models/{model_id}' },
  finalizeLoggedModel: { method: 'PATCH', path: '/api/2.0/mlflow/logged-models/{model_id}' },
  deleteLoggedModel: { method: 'DELETE', path: '/api/2.0/mlflow/logged-models/{model_id}' },
  setLoggedModelTags: { method: 'PATCH', path: '/api/2.0/mlflow/logged-models/{model_id}/tags' },
  deleteLoggedModelTag: { method: 'DELETE', path: '/api/2.0/mlflow/logged-models/{model_id}/tags/{tag_key}' },
  logLoggedModelParams: { method: 'POST', path: '/api/2.0/mlflow/logged-models/{model_id}/params' },
  listLoggedModelArtifacts: { method: 'GET', path: '/api/2.0/mlflow/logged-models/{model_id}/artifacts/directories' },

  createRegisteredModel: { method: 'POST', path: '/api/2.0/mlflow/registered-models/create' },
  getRegisteredModel: { method: 'GET', path: '/api/2.0/mlflow/registered-models/get' },
  searchRegisteredModels: { method: 'GET', path: '/api/2.0/mlflow/registered-models/search' },
  renameRegisteredModel: { method: 'POST', path: '/api/2.0/mlflow/registered-models/rename' },
  updateRegisteredModel: { method: 'PATCH', path: '/api/2.0/mlflow/registered-models/update' },
  deleteRegisteredModel: { method: 'DELETE', path: '/api/2.0/mlflow/registered-models/delete' },
  setRegisteredModelTag: { method: 'POST', path: '/api/2.0/mlflow/registered-models/set-tag' },
  deleteRegisteredModelTag: { method: 'DELETE', path: '/api/2.0/mlflow/registered-models/delete-tag' },
  setRegisteredModelAlias: { method: 'POST', path: '/api/2.0/mlflow/registered-models/alias' },
  deleteRegisteredModelAlias: { method: 'DELETE', path: '/api/2.0/mlflow/registered-models/alias' },
  getModelVersionByAlias: { method: 'GET', path: '/api/2.0/mlflow/registered-models/alias' },
  getLatestVersions: { method: 'POST', path: '/api/2.0/mlflow/registered-models/get-latest-versions' },

  createModelVersion: { method: 'POST', path: '/api/2.0/mlflow/model-versions/create' },
  getModelVersion: { method: 'GET', path: '/api/2.0/mlflow/model-versions/get' },
  searchModelVersions: { method: 'GET', path: '/api/2.0/mlflow/model-versions/search' },
  updateModelVersion: { method: 'PATCH', path: '/api/2.0/mlflow/model-versions/update' },
  deleteModelVersion: { method: 'DELETE', path: '/api/2.0/mlflow/model-versions/delete' },
  getModelVersionDownloadUri: { method: 'GET', path: '/api/2.0/mlflow/model-versions/get-download-uri' },
  setModelVersionTag: { method: 'POST', path: '/api/2.0/mlflow/model-versions/set-tag' },
  deleteModelVersionTag: { method: 'DELETE', path: '/api/2.0/mlflow/model-versions/delete-tag' },
  transitionModelVersionStage: { method: 'POST', path: '/api/2.0/mlflow/model-versions/transition-stage' },

  createWebhook: { method: 'POST', path: '/api/2.0/mlflow/webhooks' },
  listWebhooks: { method: 'GET', path: '/api/2.0/mlflow/webhooks' },
  getWebhook: { method: 'GET', path: '/api/2.0/mlflow/webhooks/{webhook_id}' },
  updateWebhook: { method: 'PATCH', path: '/api/2.0/mlflow/webhooks/{webhook_id}' },
  deleteWebhook: { method: 'DELETE', path: '/api/2.0/mlflow/webhooks/{webhook_id}' },
  testWebhook: { method: 'POST', path: '/api/2.0/mlflow/webhooks/{webhook_id}/test' },

  listArtifacts: { method: 'GET', path: '/api/2.0/mlflow/artifacts/list' },
  uploadArtifact: { method: 'PUT', path: '/api/2.0/mlflow-artifacts/artifacts/{path}' },
  downloadArtifact: { method: 'GET', path: '/api/2.0/mlflow-artifacts/artifacts/{path}' },
  deleteArtifact: { method: 'DELETE', path: '/api/2.0/mlflow-artifacts/artifacts/{path}' },
  listProxiedArtifacts: { method: 'GET', path: '/api/2.0/mlflow-artifacts/artifacts' },
  createMultipartUpload: { method: 'POST', path: '/api/2.0/mlflow-artifacts/mpu/create/{path}' },
  completeMultipartUpload: { method: 'POST', path: '/api/2.0/mlflow-artifacts/mpu/complete/{path}' },
  abortMultipartUpload: { method: 'POST', path: '/api/2.0/mlflow-artifacts/mpu/abort/{path}' },
} as const;

/** The name of an endpoint. */
export type RouteName = keyof typeof routes;
