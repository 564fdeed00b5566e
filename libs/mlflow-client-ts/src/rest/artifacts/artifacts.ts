import type { ArtifactMethods, ArtifactOwner, ArtifactRepository } from '../../api/artifacts.js';
import { explainingFileFaults } from '../../artifacts/file-fault.js';
import { localArtifacts } from '../../artifacts/local-artifacts.js';
import { localPathOf } from '../../artifacts/local-path.js';
import { aroundArtifacts } from '../../checks/around-calls.js';
import { MlflowError } from '../../errors.js';
import { artifactAddress } from './artifact-address.js';
import type { ArtifactContext } from './artifact-context.js';
import { artifactUriOf, nameOf } from './owner.js';
import { proxiedArtifacts } from './proxied-artifacts.js';

/** The files of the runs and logged models of a server: through its artifact proxy, or on this machine when the server says so. */
export function restArtifacts(context: ArtifactContext): ArtifactMethods {
  const artifacts = (owner: ArtifactOwner): ArtifactRepository => lazily(() => openRepository(context, owner));
  return {
    artifacts,
    uploadArtifact: (runId, path, content) => artifacts({ runId }).upload(path, content),
    downloadArtifact: (runId, path) => artifacts({ runId }).download(path),
    listArtifacts: (runId, path) => artifacts({ runId }).list(path),
  };
}

async function openRepository(context: ArtifactContext, owner: ArtifactOwner): Promise<ArtifactRepository> {
  const artifactUri = await artifactUriOf(context, owner);
  const localPath = localPathOf(artifactUri);
  if (localPath !== undefined) return localRepository(owner, localPath);
  const address = artifactAddress(context.settings.baseUrl, artifactUri);
  if (address !== undefined && URL.canParse(address)) return proxiedArtifacts({ context, owner, address });
  const shownUri = withoutPassword(artifactUri);
  throw new MlflowError(
    `Cannot reach the artifacts of ${nameOf(owner)}: they lie at "${shownUri}"; start the server with --serve-artifacts, so that new ones go through it, or use a client of that storage`,
    { code: 'MLFLOW_UNSUPPORTED_ARTIFACT_STORE', details: { artifactUri: shownUri } },
  );
}

function localRepository(owner: ArtifactOwner, path: string): ArtifactRepository {
  return aroundArtifacts(localArtifacts(path), (method, call) =>
    explainingFileFaults(`${method} artifacts of ${nameOf(owner)}`, call),
  );
}

/** A user alone may be a container: `wasbs://container@account`. */
function withoutPassword(uri: string): string {
  return uri.replace(/:[^/@]*@/, ':[secret]@').replace(/[?#].*$/, '');
}

/** A repository that is opened by the first use of it. */
function lazily(open: () => Promise<ArtifactRepository>): ArtifactRepository {
  return {
    list: async (path) => (await open()).list(path),
    upload: async (path, content) => (await open()).upload(path, content),
    uploadFile: async (path, localFile) => (await open()).uploadFile(path, localFile),
    uploadFolder: async (path, localFolder) => (await open()).uploadFolder(path, localFolder),
    download: async (path) => (await open()).download(path),
    async *stream(path) {
      yield* (await open()).stream(path);
    },
    downloadFile: async (path, localFile, options) => (await open()).downloadFile(path, localFile, options),
    delete: async (path) => (await open()).delete(path),
  };
}
