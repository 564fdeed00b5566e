import type { ArtifactMethods } from '../api/artifacts.js';
import type { ArtifactStore } from '../artifacts/artifact-store.js';
import { localArtifacts } from '../artifacts/local-artifacts.js';
import { localPathOf } from '../artifacts/local-path.js';
import { findRunFolder, openRunFolder, readArtifactUri, unreachableArtifacts, type RunFolder } from './run-folder.js';
import type { StoreContext } from './store-context.js';

/** The files of the runs of a file store. */
export function fileArtifacts(context: StoreContext): ArtifactMethods {
  return {
    async uploadArtifact(runId, path, content) {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      await artifactsOf(runId, await openRunFolder(context, runId)).upload(path, bytes);
    },
    async downloadArtifact(runId, path) {
      return artifactsOf(runId, await findRunFolder(context, runId)).download(path);
    },
    async listArtifacts(runId, path = '') {
      return artifactsOf(runId, await findRunFolder(context, runId)).list(path);
    },
  };
}

function artifactsOf(runId: string, folder: RunFolder): ArtifactStore {
  const uri = readArtifactUri(folder);
  const path = localPathOf(uri);
  if (path === undefined) throw unreachableArtifacts(runId, uri);
  return localArtifacts(path);
}
