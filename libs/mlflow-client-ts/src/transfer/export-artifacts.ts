import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ArtifactFile, ArtifactOwner, ArtifactRepository } from '../api/artifacts.js';
import type { ExportContext } from './export-context.js';

/** Whose files go where. */
export interface ArtifactTransfer {
  readonly from: ArtifactOwner;
  readonly to: ArtifactOwner;
  /** Whether some may be there from an interrupted export: a file of the same size is one. */
  readonly isResumed: boolean;
}

/** Copies every file, one at a time, through a file of this machine. `MLmodel` files get the new ids. */
export async function exportArtifacts(context: ExportContext, transfer: ArtifactTransfer): Promise<void> {
  const source = context.from.artifacts(transfer.from);
  const target = context.to.artifacts(transfer.to);
  for await (const folder of foldersOf(source)) {
    const present = transfer.isResumed ? await target.list(folder.path) : [];
    for (const file of folder.files) {
      if (present.some(({ path, sizeBytes }) => path === file.path && sizeBytes === file.sizeBytes)) continue;
      await copy(context, { source, target }, file.path);
      context.recorder.add({ artifacts: 1, artifactBytes: file.sizeBytes });
    }
  }
}

interface Folder {
  readonly path: string | undefined;
  readonly files: readonly ArtifactFile[];
}

async function* foldersOf(repository: ArtifactRepository, path?: string): AsyncGenerator<Folder> {
  const entries = await repository.list(path);
  yield { path, files: entries.filter(({ isDirectory }) => !isDirectory) };
  for (const entry of entries) if (entry.isDirectory) yield* foldersOf(repository, entry.path);
}

interface Repositories {
  readonly source: ArtifactRepository;
  readonly target: ArtifactRepository;
}

async function copy({ ids, workFolder }: ExportContext, { source, target }: Repositories, path: string): Promise<void> {
  if (basename(path) === 'MLmodel') {
    const text = Buffer.from(await source.download(path)).toString();
    return target.upload(path, ids.map(text));
  }
  const file = join(workFolder, randomUUID());
  try {
    await source.downloadFile(path, file);
    await target.uploadFile(path, file);
  } finally {
    await rm(file, { force: true });
  }
}
