import type { ArtifactFile, ArtifactOwner } from '../api/artifacts.js';
import type { StoreMethods } from '../api/mlflow-client.js';
import { assertArtifactPath } from '../checks/artifact-path.js';
import { MlflowError } from '../errors.js';
import { jsonHandler, jsonReply, type Handler } from './call.js';
import { anyText, optionalText, requiredText } from './fields.js';
import type { Message } from './message.js';
import { artifactPlaces, type ArtifactPlaces } from './artifact-places.js';
import {
  loggedModelArtifactUri,
  parseProxiedPath,
  parseStoreUri,
  runArtifactUri,
  type ProxiedPath,
} from './artifact-uri.js';
import { sendArtifact } from './send-artifact.js';
import { receiveArtifact } from './receive-artifact.js';
import { valueIn } from './router.js';
import { readRunId } from './run-routes.js';
import { fileAnswer, listAnswer } from './wire-answers.js';

type ArtifactEndpoint =
  | 'listArtifacts'
  | 'listLoggedModelArtifacts'
  | 'uploadArtifact'
  | 'downloadArtifact'
  | 'deleteArtifact'
  | 'listProxiedArtifacts'
  | 'createMultipartUpload'
  | 'completeMultipartUpload'
  | 'abortMultipartUpload'
  | 'getPresignedDownload'
  | 'getArtifact'
  | 'getModelVersionArtifact'
  | 'getLoggedModelArtifact';

/** The endpoints of artifacts: listings, and the proxy that brings files to the store and back. */
export function artifactRoutes(store: StoreMethods): Record<ArtifactEndpoint, Handler> {
  const places = artifactPlaces(store);
  return {
    listArtifacts: jsonHandler(async (message) => {
      const run = await store.getRun(readRunId(message));
      const files = await listFolder({ store, places }, { runId: run.runId }, readFolder(message, 'path'));
      return { root_uri: runArtifactUri(run), ...listAnswer('files', files.map(fileAnswer)) };
    }),
    listLoggedModelArtifacts: jsonHandler(async (message, path) => {
      const model = await store.getLoggedModel(valueIn(path, 'model_id'));
      const folder = readFolder(message, 'artifact_directory_path');
      const files = await listFolder({ store, places }, { modelId: model.modelId }, folder);
      return { root_uri: loggedModelArtifactUri(model), ...listAnswer('files', files.map(fileAnswer)) };
    }),
    listProxiedArtifacts: jsonHandler(async (message) => {
      const { owner, path } = parseProxiedPath(anyText(message, 'path'));
      const files = await listFolder({ store, places }, owner, path);
      return listAnswer('files', files.map(baseNamed).map(fileAnswer));
    }),
    uploadArtifact: async (call) => {
      const { owner, path } = parseProxiedPath(valueIn(call.path, 'path'));
      assertArtifactPath(path);
      await places.assertWithin(owner, path);
      await receiveArtifact(call, store.artifacts(owner), path);
      return jsonReply({});
    },
    downloadArtifact: async (call) => {
      const { owner, path } = parseProxiedPath(valueIn(call.path, 'path'));
      return sendArtifact(call.request, await places.open(owner, path));
    },
    deleteArtifact: async (call) => {
      const { owner, path } = parseProxiedPath(valueIn(call.path, 'path'));
      await places.assertWithin(owner, path);
      await deleteArtifact(store, owner, path);
      return jsonReply({});
    },
    createMultipartUpload: refuseParts,
    completeMultipartUpload: refuseParts,
    abortMultipartUpload: refuseParts,
    getPresignedDownload: refuseParts,
    getArtifact: async (call) => {
      const message = await call.message();
      return sendArtifact(
        call.request,
        await places.open({ runId: readRunId(message) }, requiredText(message, 'path')),
      );
    },
    getModelVersionArtifact: async (call) => {
      const message = await call.message();
      const { owner, path } = await filesOfVersion(store, message);
      return sendArtifact(call.request, await places.open(owner, path));
    },
    getLoggedModelArtifact: async (call) => {
      const path = requiredText(await call.message(), 'artifact_file_path');
      return sendArtifact(call.request, await places.open({ modelId: valueIn(call.path, 'model_id') }, path));
    },
  };
}

interface Files {
  readonly store: StoreMethods;
  readonly places: ArtifactPlaces;
}

async function listFolder({ store, places }: Files, owner: ArtifactOwner, folder: string): Promise<ArtifactFile[]> {
  if (folder !== '') await places.assertWithin(owner, `${folder}/file`);
  return store.artifacts(owner).list(folder);
}

function readFolder(message: Message, name: string): string {
  const path = optionalText(message, name) ?? '';
  if (path !== '') assertArtifactPath(path);
  return path;
}

// Clients join the names that the proxy lists to the folder they asked for.
function baseNamed(file: ArtifactFile): ArtifactFile {
  return { ...file, path: file.path.slice(file.path.lastIndexOf('/') + 1) };
}

async function deleteArtifact(store: StoreMethods, owner: ArtifactOwner, path: string): Promise<void> {
  const repository = store.artifacts(owner);
  const paths = path === '' ? (await repository.list()).map((file) => file.path) : [path];
  for (const each of paths) await repository.delete(each);
}

function refuseParts(): Promise<never> {
  return Promise.reject(
    new MlflowError('Cannot transfer the artifact in parts or by signed address: this server has no such storage', {
      code: 'NOT_IMPLEMENTED',
    }),
  );
}

async function filesOfVersion(store: StoreMethods, message: Message): Promise<ProxiedPath> {
  const path = requiredText(message, 'path');
  const name = requiredText(message, 'name');
  const uri = await store.getModelVersionDownloadUri(name, requiredText(message, 'version'));
  const folder = parseStoreUri(uri);
  if (folder !== undefined) return { ...folder, path: folder.path === '' ? path : `${folder.path}/${path}` };
  throw new MlflowError(`Cannot serve files of model "${name}": they lie at ${uri}; fetch them from there`, {
    code: 'NOT_IMPLEMENTED',
    details: { uri },
  });
}
