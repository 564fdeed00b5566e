import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ArtifactRepository } from '../api/artifacts.js';
import type { Call } from './call.js';

/** Takes a file from a client. It is put into the store when it is complete; what a client breaks off is thrown away. */
export async function receiveArtifact(
  { request, closing }: Call,
  repository: ArtifactRepository,
  path: string,
): Promise<void> {
  await repository.list(); // refuses an unknown owner before the file travels
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-upload-'));
  try {
    const received = join(folder, 'content');
    await pipeline(request, createWriteStream(received), { signal: closing });
    request.socket.setTimeout(0); // the connection is silent while a large file is put into the store
    await repository.uploadFile(path, received);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
