import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { ArtifactOwner } from '../api/artifacts.js';
import type { StoreMethods } from '../api/mlflow-client.js';
import { localPathOf } from '../artifacts/local-path.js';
import { assertArtifactPath } from '../checks/artifact-path.js';
import type { MlflowError } from '../errors.js';
import { invalidValue, notFound } from '../faults.js';

/** A part of a file, both ends included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A file that is about to be sent. Either `read` or `close` must be called. */
export interface OpenArtifact {
  readonly path: string;
  /** What is known of a file on this machine, and allows to send parts of it. */
  readonly local?: { readonly sizeBytes: number; readonly etag: string };
  read(range?: ByteRange): Readable;
  close(): Promise<void>;
}

/** Opens artifacts for reading, and tells where they may be written. */
export interface ArtifactPlaces {
  open(owner: ArtifactOwner, path: string): Promise<OpenArtifact>;
  /**
   * Refuses a path that a link leads out of the artifacts of its owner.
   *
   * @throws MlflowError INVALID_PARAMETER_VALUE
   */
  assertWithin(owner: ArtifactOwner, path: string): Promise<void>;
}

const mostRemembered = 10_000;

/** The artifacts of a store. Those in folders of this machine are read from there: only so can parts of them be sent. */
export function artifactPlaces(store: StoreMethods): ArtifactPlaces {
  // To ask the store for a run means to read its metrics; thousands of files may be fetched from one run.
  const roots = new Map<string, string | undefined>();
  const rootOf = async (owner: ArtifactOwner): Promise<string | undefined> => {
    const id = 'runId' in owner ? owner.runId : owner.modelId;
    if (roots.has(id)) return roots.get(id);
    const { artifactUri } =
      'runId' in owner ? await store.getRun(owner.runId) : await store.getLoggedModel(owner.modelId);
    if (roots.size >= mostRemembered) roots.clear();
    const root = localPathOf(artifactUri);
    roots.set(id, root);
    return root;
  };
  const openOnce = async (owner: ArtifactOwner, path: string): Promise<OpenArtifact | undefined> => {
    const root = await rootOf(owner);
    return root === undefined ? openRemote(store, owner, path) : openLocal(root, path);
  };
  return {
    async open(owner, path) {
      assertArtifactPath(path);
      const known = await openOnce(owner, path);
      if (known !== undefined) return known;
      roots.clear(); // folders move when experiments are deleted and restored
      const found = await openOnce(owner, path);
      if (found !== undefined) return found;
      throw notFound(`Cannot send artifact "${path}": there is no such file; list the artifacts`, { path });
    },
    async assertWithin(owner, path) {
      if (path === '') return;
      const root = await rootOf(owner);
      if (root === undefined || (await isFolderWithin(root, path))) return;
      roots.clear();
      const now = await rootOf(owner);
      if (now !== undefined && (await isFolderWithin(now, path)) === false) throw leadsOut(path);
    },
  };
}

async function openLocal(root: string, path: string): Promise<OpenArtifact | undefined> {
  const file = await realPathWithin(root, path);
  if (file === undefined) return undefined;
  if (!(await stat(file)).isFile()) throw invalidValue(`Cannot send artifact "${path}": it is not a file`, { path });
  const handle = await open(file);
  try {
    const { size, mtimeNs, ino } = await handle.stat({ bigint: true });
    const etag = `"${[size, mtimeNs, ino].map((part) => part.toString(36)).join('-')}"`;
    return localArtifact(path, handle, { sizeBytes: Number(size), etag });
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function localArtifact(path: string, handle: FileHandle, local: NonNullable<OpenArtifact['local']>): OpenArtifact {
  return {
    path,
    local,
    read: (range = { start: 0, end: Math.max(0, local.sizeBytes - 1) }) => handle.createReadStream(range),
    close: () => handle.close(),
  };
}

// A link among the artifacts must not open the rest of the machine to clients.
async function realPathWithin(root: string, path: string): Promise<string | undefined> {
  const [realRoot, realFile] = await Promise.all([realPathOf(root), realPathOf(join(root, path))]);
  if (realRoot === undefined || realFile === undefined) return undefined;
  if (realFile.startsWith(`${realRoot}${sep}`)) return realFile;
  throw leadsOut(path);
}

/** Whether the folder of a file lies there, as far as it exists; `undefined` when there is no such root. */
async function isFolderWithin(root: string, path: string): Promise<boolean | undefined> {
  const realRoot = await realPathOf(root);
  if (realRoot === undefined) return undefined;
  let folder = dirname(join(root, path));
  let real = await realPathOf(folder);
  while (real === undefined) real = await realPathOf((folder = dirname(folder)));
  return real === realRoot || real.startsWith(`${realRoot}${sep}`);
}

function leadsOut(path: string): MlflowError {
  return invalidValue(`Cannot use artifact "${path}": it is a link that leads out of the artifacts`, { path });
}

async function realPathOf(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

async function openRemote(store: StoreMethods, owner: ArtifactOwner, path: string): Promise<OpenArtifact> {
  const chunks = store.artifacts(owner).stream(path)[Symbol.asyncIterator]();
  const first = await chunks.next(); // what is not there shows here, while it can still be told
  const content = async function* (): AsyncGenerator<Uint8Array> {
    for (let next = first; next.done !== true; next = await chunks.next()) yield next.value;
  };
  return {
    path,
    read: () => Readable.from(content(), { objectMode: false }),
    close: async () => {
      await chunks.return?.();
    },
  };
}
