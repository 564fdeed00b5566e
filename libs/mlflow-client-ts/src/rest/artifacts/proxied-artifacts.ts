import { posix } from 'node:path';
import type { ArtifactFile, ArtifactOwner, ArtifactRepository } from '../../api/artifacts.js';
import { downloadToFile } from '../../artifacts/download-to-file.js';
import { filesToUpload, uploadSize } from '../../artifacts/local-files.js';
import { isAborted } from '../../error-guards.js';
import { MlflowError } from '../../errors.js';
import { notFound } from '../../faults.js';
import { isOwn } from '../call-context.js';
import type { Content, HttpCall } from '../http-call.js';
import { createHttp, type Answer } from '../http.js';
import { isPage, malformedResponse } from '../response-error.js';
import { withoutCredentials } from '../settings.js';
import { encodePath, isArtifactProxy } from './artifact-address.js';
import type { ArtifactContext } from './artifact-context.js';
import { fileContent } from './file-content.js';
import { inParallel } from './in-parallel.js';
import { uploadInParts } from './multipart-upload.js';
import { listArtifacts, nameOf } from './owner.js';
import { remoteContent } from './remote-content.js';

/** Artifacts that are reached over HTTP. */
export interface ProxiedPlace {
  readonly context: ArtifactContext;
  readonly owner: ArtifactOwner;
  /** Of the root, without slash at the end. */
  readonly address: string;
}

const filesAtOnce = 4;
const contentType = { 'content-type': 'application/octet-stream' };

/** The artifacts of one run or logged model, through MLflow's artifact proxy or another server. */
export function proxiedArtifacts(place: ProxiedPlace): ArtifactRepository {
  const uploadLocal = (path: string, localFile: string): Promise<void> => uploadFile(place, path, localFile);
  return {
    list: (path = '') => listArtifacts(place.context, place.owner, path),
    upload: (path, content) => put(place, path, { body: toBytes(content) }),
    uploadFile: uploadLocal,
    async uploadFolder(path, localFolder) {
      const files = await filesToUpload(path, localFolder);
      await inParallel(files, filesAtOnce, (file) => uploadLocal(file.path, file.localFile));
    },
    download: (path) => orNoFile(place, path, place.context.http.bytes(downloadCall(place, path))),
    stream: (path) => streamFile(place, path),
    downloadFile: (path, localFile, options = {}) =>
      orNoFile(place, path, downloadToFile(sourceOf(place, path), localFile, options)),
    delete: (path) => remove(place, path),
  };
}

function toBytes(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

function urlOf({ address }: ProxiedPlace, path: string): string {
  return `${address}/${encodePath(path)}`;
}

function downloadCall(place: ProxiedPlace, path: string): HttpCall {
  const action = `download artifact "${path}" of ${nameOf(place.owner)}`;
  return { method: 'GET', path: urlOf(place, path), action, isIdempotent: true };
}

function sourceOf(place: ProxiedPlace, path: string): ReturnType<typeof remoteContent> {
  const { settings, http } = place.context;
  return remoteContent(settings, http, downloadCall(place, path));
}

async function* streamFile(place: ProxiedPlace, path: string): AsyncGenerator<Uint8Array> {
  const { body } = await orNoFile(place, path, place.context.http.stream(downloadCall(place, path)));
  yield* body;
}

async function put(
  place: ProxiedPlace,
  path: string,
  what: { readonly body: Uint8Array } | { readonly content: Content },
): Promise<void> {
  const action = uploadAction(place, path);
  const call = { method: 'PUT', path: urlOf(place, path), headers: contentType, isIdempotent: true } as const;
  refusePage(place, action, await place.context.http.answer({ ...call, ...what, action }));
}

/** A page of a proxy, or of a network that wants a login, does not mean that anything was done. Servers other than MLflow may confirm by a page. */
function refusePage({ context, address }: ProxiedPlace, action: string, answer: Answer): void {
  if (!isArtifactProxy(`${address}/`) || !isPage(answer)) return;
  const text = context.http.redact(new TextDecoder().decode(answer.body));
  throw malformedResponse(
    { action, url: withoutCredentials(address) },
    'is a page, so that nothing can have been done',
    text,
  );
}

function uploadAction({ owner }: ProxiedPlace, path: string): string {
  return `upload artifact "${path}" of ${nameOf(owner)}`;
}

async function uploadFile(place: ProxiedPlace, path: string, localFile: string): Promise<void> {
  const { http, settings } = place.context;
  const sizeBytes = await uploadSize(path, localFile);
  if (await mayUploadInParts(place, sizeBytes)) {
    const { partBytes } = settings.artifacts;
    const file = { address: urlOf(place, path), localFile, sizeBytes, partBytes, action: uploadAction(place, path) };
    if (await uploadInParts(http, createHttp({ ...settings, signal: undefined }), file)) return;
  }
  await put(place, path, { content: fileContent(localFile, 0, sizeBytes) });
}

async function mayUploadInParts({ context, address }: ProxiedPlace, sizeBytes: number): Promise<boolean> {
  const { settings } = context;
  if (sizeBytes === 0 || sizeBytes < settings.artifacts.multipartThresholdBytes) return false;
  if (!isOwn(settings, address)) return true; // what another server can do, only trying tells
  try {
    return (await context.capabilities()).hasMultipartUploads !== false;
  } catch (error) {
    if (isAborted(error)) throw error;
    return true; // a server that does not answer the question may still take parts
  }
}

async function remove(place: ProxiedPlace, path: string): Promise<void> {
  const action = `delete artifact "${path}" of ${nameOf(place.owner)}`;
  const call = { method: 'DELETE', path: urlOf(place, path), action, isIdempotent: true } as const;
  try {
    refusePage(place, action, await place.context.http.answer(call));
  } catch (error) {
    await assertGone(place, path, error);
  }
}

/** Old servers over a local disk fail for what is absent, and for every single file. */
async function assertGone(place: ProxiedPlace, path: string, error: unknown): Promise<void> {
  const status = error instanceof MlflowError ? error.httpStatus : undefined;
  if (status === 404) return;
  if (status !== 500) throw error;
  const left = await findArtifact(place, path);
  if (left === undefined) return;
  if (left.isDirectory) throw error;
  throw new MlflowError(
    `Cannot delete artifact "${path}" of ${nameOf(place.owner)}: this server deletes folders only; delete the folder around it, or update the server`,
    { code: 'MLFLOW_UNSUPPORTED', details: { path }, cause: error },
  );
}

async function findArtifact({ context, owner }: ProxiedPlace, path: string): Promise<ArtifactFile | undefined> {
  const folder = posix.dirname(path);
  const siblings = await listArtifacts(context, owner, folder === '.' ? '' : folder);
  return siblings.find((each) => each.path === path);
}

async function orNoFile<T>(place: ProxiedPlace, path: string, result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    if (!(await isNoFile(place, path, error))) throw error;
    const { action } = downloadCall(place, path);
    throw notFound(`Cannot ${action}: there is no such file; list the artifacts beside it`, { path });
  }
}

/**
 * Whether a download failed because there is no file. Newer servers answer 404 for nothing and 400 for a folder, older ones 500 for
 * both: then the listing of the folder around it tells.
 */
async function isNoFile(place: ProxiedPlace, path: string, error: unknown): Promise<boolean> {
  const status = error instanceof MlflowError ? error.httpStatus : undefined;
  if (status === 404) return true;
  if (status !== 400 && status !== 500) return false;
  const found = await findArtifact(place, path);
  return found === undefined || found.isDirectory;
}
