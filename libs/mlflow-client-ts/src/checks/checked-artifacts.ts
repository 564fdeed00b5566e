import type { ArtifactMethods, ArtifactOwner, ArtifactRepository } from '../api/artifacts.js';
import { assertArtifactPath } from './artifact-path.js';
import { assertModelId, assertRunId } from './names.js';

/** Artifacts of a store, with checked arguments. */
export function checkedArtifacts(store: ArtifactMethods): ArtifactMethods {
  return {
    artifacts(owner) {
      assertOwner(owner);
      return checkedRepository(store.artifacts(owner));
    },
    async uploadArtifact(runId, path, content) {
      assertRunId(runId);
      assertArtifactPath(path);
      return store.uploadArtifact(runId, path, content);
    },
    async downloadArtifact(runId, path) {
      assertRunId(runId);
      assertArtifactPath(path);
      return store.downloadArtifact(runId, path);
    },
    async listArtifacts(runId, path) {
      assertRunId(runId);
      assertFolder(path);
      return store.listArtifacts(runId, path);
    },
  };
}

function assertOwner(owner: ArtifactOwner): void {
  if ('runId' in owner) assertRunId(owner.runId);
  else assertModelId(owner.modelId);
}

function assertFolder(path: string | undefined): void {
  if (path !== undefined && path !== '') assertArtifactPath(path);
}

function checkedRepository(repository: ArtifactRepository): ArtifactRepository {
  return {
    async list(path) {
      assertFolder(path);
      return repository.list(path);
    },
    async upload(path, content) {
      assertArtifactPath(path);
      return repository.upload(path, content);
    },
    async uploadFile(path, localFile) {
      assertArtifactPath(path);
      return repository.uploadFile(path, localFile);
    },
    async uploadFolder(path, localFolder) {
      assertFolder(path);
      return repository.uploadFolder(path, localFolder);
    },
    async download(path) {
      assertArtifactPath(path);
      return repository.download(path);
    },
    async *stream(path) {
      assertArtifactPath(path);
      yield* repository.stream(path);
    },
    async downloadFile(path, localFile, options) {
      assertArtifactPath(path);
      return repository.downloadFile(path, localFile, options);
    },
    async delete(path) {
      assertArtifactPath(path);
      return repository.delete(path);
    },
  };
}
