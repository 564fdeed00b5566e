import type { IncomingMessage } from 'node:http';
import { posix } from 'node:path';
import type { OpenArtifact } from './artifact-places.js';
import { parseRange } from './byte-range.js';
import type { Reply } from './call.js';

/** The answer that brings a file, or the part of it that `Range` asks for. */
export async function sendArtifact({ method, headers }: IncomingMessage, artifact: OpenArtifact): Promise<Reply> {
  const reply = replyWith(headers, artifact);
  if (method !== 'HEAD' && typeof reply.body !== 'string') return reply;
  if (typeof reply.body !== 'string') reply.body.destroy();
  await artifact.close();
  return { ...reply, body: '' };
}

function replyWith(asked: IncomingMessage['headers'], artifact: OpenArtifact): Reply {
  const { local } = artifact;
  const headers = headersOf(artifact);
  if (local === undefined) return { status: 200, headers, body: artifact.read() };
  if (asked['if-none-match'] === local.etag) return { status: 304, headers, body: '' };
  const ifRange = asked['if-range'];
  const range =
    ifRange === undefined || ifRange === local.etag ? parseRange(asked.range ?? '', local.sizeBytes) : undefined;
  if (range === undefined) {
    return { status: 200, headers: { ...headers, 'content-length': String(local.sizeBytes) }, body: artifact.read() };
  }
  if (range === 'unsatisfiable') {
    const unmet = { 'content-length': '0', 'content-range': `bytes */${local.sizeBytes}` };
    return { status: 416, headers: { ...headers, ...unmet }, body: '' };
  }
  const { start, end } = range;
  const partHeaders = {
    'content-length': String(end - start + 1),
    'content-range': `bytes ${start}-${end}/${local.sizeBytes}`,
  };
  return { status: 206, headers: { ...headers, ...partHeaders }, body: artifact.read(range) };
}

function headersOf({ path, local }: OpenArtifact): Record<string, string> {
  return {
    // A browser must not run what a client uploaded as a page of this server.
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeName(posix.basename(path))}`,
    'cache-control': 'no-cache',
    ...(local !== undefined && { etag: local.etag, 'accept-ranges': 'bytes' }),
  };
}

function encodeName(name: string): string {
  return encodeURIComponent(Buffer.from(name).toString()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  );
}
