const proxyPath = '/api/2.0/mlflow-artifacts/artifacts';

/**
 * The address of artifacts that are reached over HTTP, without slash at the end: `mlflow-artifacts:/a/b` is on the tracking server,
 * `mlflow-artifacts://host/a/b` on that host, http(s) is what it says. `undefined` for every other store.
 */
export function artifactAddress(baseUrl: string, artifactUri: string): string | undefined {
  if (/^https?:\/\//i.test(artifactUri)) return artifactUri.replace(/\/+$/, '');
  const match = /^mlflow-artifacts:(?:\/\/([^/]*))?(\/.*)?$/.exec(artifactUri);
  if (match === null || artifactUri.split('/').includes('..')) return undefined; // an address would resolve it
  const [, host = '', path = ''] = match;
  const { protocol, host: ownHost, pathname } = new URL(baseUrl);
  const server = `${protocol}//${host === '' ? ownHost : host}${pathname === '/' ? '' : pathname}`;
  return `${server}${proxyPath}${encodePath(path).replace(/\/+$/, '')}`;
}

/** Every segment of a path percent-encoded. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Whether an address is below the artifact proxy of an MLflow server. */
export function isArtifactProxy(address: string): boolean {
  return address.includes(`${proxyPath}/`);
}

/** The address of a step of an upload in parts to the same folder; `undefined` when the artifacts are behind no proxy of MLflow's. */
export function multipartAddress(folderAddress: string, step: 'create' | 'complete' | 'abort'): string | undefined {
  const { origin, pathname } = new URL(folderAddress);
  if (!isArtifactProxy(pathname)) return undefined;
  return `${origin}${pathname.replace(`${proxyPath}/`, `/api/2.0/mlflow-artifacts/mpu/${step}/`)}`;
}
