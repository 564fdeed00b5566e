import type { ArtifactMethods, ArtifactOwner, ArtifactRepository } from '../api/artifacts.js';
import { filesToUpload } from '../artifacts/local-files.js';
import { journal } from './spooled-runs.js';
import type { SpoolContext } from './spooled-client.js';
import { shipped } from './when-shipped.js';

type Spooled = Pick<ArtifactMethods, 'artifacts' | 'uploadArtifact'>;

/** Files of runs: uploads go to the journal. Those of logged models need the store, which has made the model. */
export function spooledArtifacts(context: SpoolContext): Spooled {
  return {
    artifacts: (owner) => repository(context, owner),
    uploadArtifact: (runId, path, content) => repository(context, { runId }).upload(path, content),
  };
}

function repository(context: SpoolContext, owner: ArtifactOwner): ArtifactRepository {
  const direct = async (method: string): Promise<ArtifactRepository> => {
    const [mapped] = await shipped(context, method, [owner] as const);
    return context.client.artifacts(mapped);
  };
  return {
    list: async (path) => (await direct('listArtifacts')).list(path),
    download: async (path) => (await direct('downloadArtifact')).download(path),
    async *stream(path) {
      yield* (await direct('downloadArtifact')).stream(path);
    },
    downloadFile: async (path, file, options) => (await direct('downloadArtifact')).downloadFile(path, file, options),
    delete: async (path) => (await direct('deleteArtifact')).delete(path),
    ...('runId' in owner ? spooledUploads(context, owner.runId) : directUploads(direct)),
  };
}

type Uploads = Pick<ArtifactRepository, 'upload' | 'uploadFile' | 'uploadFolder'>;

function directUploads(direct: (method: string) => Promise<ArtifactRepository>): Uploads {
  return {
    upload: async (path, content) => (await direct('uploadArtifact')).upload(path, content),
    uploadFile: async (path, file) => (await direct('uploadArtifact')).uploadFile(path, file),
    uploadFolder: async (path, folder) => (await direct('uploadArtifact')).uploadFolder(path, folder),
  };
}

function spooledUploads({ logs }: SpoolContext, runId: string): Uploads {
  const uploadFile = async (path: string, localFile: string): Promise<void> => {
    const log = await logs.of(runId);
    await journal(log, { type: 'uploadArtifact', path, blob: await log.putBlobFile(localFile) });
  };
  return {
    async upload(path, content) {
      const log = await logs.of(runId);
      await journal(log, { type: 'uploadArtifact', path, blob: log.putBlob(content) });
    },
    uploadFile,
    async uploadFolder(path, localFolder) {
      for (const file of await filesToUpload(path, localFolder)) await uploadFile(file.path, file.localFile);
    },
  };
}
