import { routes, type Route, type RouteName } from '../rest/routes.js';

/** Endpoints of MLflow's that this library's client does not call, and other clients may. */
type MoreEndpoint =
  | 'getArtifact'
  | 'getModelVersionArtifact'
  | 'getLoggedModelArtifact'
  | 'getPresignedDownload'
  | 'searchExperimentsByGet'
  | 'getLatestVersionsByGet';

/** An endpoint that a face answers. */
export type EndpointName = RouteName | MoreEndpoint;

/** Every endpoint that a face answers. */
export const endpoints: Readonly<Record<EndpointName, Route>> = {
  ...routes,
  getArtifact: { method: 'GET', path: '/get-artifact' },
  getModelVersionArtifact: { method: 'GET', path: '/model-versions/get-artifact' },
  getLoggedModelArtifact: { method: 'GET', path: '/ajax-api/2.0/mlflow/logged-models/{model_id}/artifacts/files' },
  getPresignedDownload: { method: 'GET', path: '/api/2.0/mlflow-artifacts/presigned/{path}' },
  searchExperimentsByGet: { method: 'GET', path: '/api/2.0/mlflow/experiments/search' },
  getLatestVersionsByGet: { method: 'GET', path: '/api/2.0/mlflow/registered-models/get-latest-versions' },
};
