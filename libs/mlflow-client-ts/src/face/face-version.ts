/**
 * What `/version` of a face says: clients choose what they may ask by it, so it is the release of MLflow whose endpoints are answered. What
 * stands behind the `+` tells that the server is another program; Python's `packaging` and semver both allow it.
 */
export const faceVersion = '3.17.2+mlflow-client-ts';

/** Whether a server that gives itself this version is a face of this library. */
export function isFaceVersion(version: string | undefined): boolean {
  return version?.endsWith('+mlflow-client-ts') === true;
}
