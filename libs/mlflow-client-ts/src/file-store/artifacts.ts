import type { ArtifactMethods, ArtifactOwner, ArtifactRepository } from '../api/artifacts.js';
import { localArtifacts } from '../artifacts/local-artifacts.js';
import { localPathOf } from '../artifacts/local-path.js';
import { MlflowError } from '../errors.js';
import { modelArtifactUri, openLoggedModel } from './logged-model-folder.js';
import { artifactUriOf, findRunFolder, openRunFolder } from './run-folder.js';
import type { StoreContext } from './store-context.js';

/** The files of the runs and logged models of a file store. */
export function fileArtifacts(context: StoreContext): ArtifactMethods {
  const artifacts = (owner: ArtifactOwner): ArtifactRepository => ownedArtifacts(context, owner);
  return {
    artifacts,
    uploadArtifact: (runId, path, content) => artifacts({ runId }).upload(path, content),
    downloadArtifact: (runId, path) => artifacts({ runId }).download(path),
    listArtifacts: (runId, path) => artifacts({ runId }).list(path),
  };
}

/** The owner is looked for at every call: it can be deleted, or its experiment moved, in between. */
function ownedArtifacts(context: StoreContext, owner: ArtifactOwner): ArtifactRepository {
  const readable = (): ArtifactRepository => repositoryAt(context, artifactUriFor(context, owner, 'reading'), owner);
  const writable = (): ArtifactRepository => repositoryAt(context, artifactUriFor(context, owner, 'writing'), owner);
  return {
    list: async (path) => readable().list(path),
    upload: async (path, content) => writable().upload(path, content),
    uploadFile: async (path, localFile) => writable().uploadFile(path, localFile),
    uploadFolder: async (path, localFolder) => writable().uploadFolder(path, localFolder),
    download: async (path) => readable().download(path),
    async *stream(path) {
      yield* readable().stream(path);
    },
    downloadFile: async (path, localFile, options) => readable().downloadFile(path, localFile, options),
    delete: async (path) => writable().delete(path),
  };
}

function artifactUriFor(context: StoreContext, owner: ArtifactOwner, use: 'reading' | 'writing'): string {
  if ('modelId' in owner) return modelArtifactUri(openLoggedModel(context, owner.modelId));
  return artifactUriOf(use === 'reading' ? findRunFolder(context, owner.runId) : openRunFolder(context, owner.runId));
}

function repositoryAt({ files }: StoreContext, uri: string, owner: ArtifactOwner): ArtifactRepository {
  const path = localPathOf(uri);
  if (path !== undefined) return localArtifacts(path, files);
  const what = 'runId' in owner ? `run "${owner.runId}"` : `logged model "${owner.modelId}"`;
  throw new MlflowError(
    `Cannot reach the artifacts of ${what}: they lie at ${uri}; open the MLflow server that serves them instead of the folder`,
    { code: 'MLFLOW_UNSUPPORTED_ARTIFACT_STORE', details: { artifactUri: uri } },
  );
}
