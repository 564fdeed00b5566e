import { posix } from 'node:path';
import { MlflowError } from '../../errors.js';
import type { Http, StreamingHttp } from '../http.js';
import { malformedResponse } from '../response-error.js';
import { withoutCredentials } from '../settings.js';
import { wireList, wireObject, wireText, type Wire } from '../wire/values.js';
import { multipartAddress } from './artifact-address.js';
import { fileContent } from './file-content.js';
import { inParallel } from './in-parallel.js';

/** A file that is to go up in parts. */
export interface MultipartFile {
  /** Of the artifact. */
  readonly address: string;
  readonly localFile: string;
  readonly sizeBytes: number;
  readonly partBytes: number;
  /** Completes "Cannot …" in errors. */
  readonly action: string;
}

interface Part {
  readonly number: number;
  readonly start: number;
  readonly sizeBytes: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Upload {
  readonly id: string | undefined;
  readonly parts: readonly Part[];
}

const mostParts = 10_000; // of S3, which others follow
const partsAtOnce = 4;
const unsupportedStatuses = new Set([404, 405, 501]);

/**
 * Uploads a file in parts, straight to the store behind the artifact proxy. `false`, and nothing done, when the server or its store cannot.
 * `cleanup` calls off an upload that failed, under no limits of calls.
 */
export async function uploadInParts(http: StreamingHttp, cleanup: Http, file: MultipartFile): Promise<boolean> {
  const upload = await create(http, file);
  if (upload === undefined) return false;
  try {
    const sent = await inParallel(upload.parts, partsAtOnce, (part) => sendPart(http, file, part));
    await step(http, file, 'complete', { upload_id: upload.id, parts: sent });
    return true;
  } catch (error) {
    // Parts that nobody completes are kept, and paid for.
    await step(cleanup, file, 'abort', { upload_id: upload.id }).catch(() => undefined);
    throw error;
  }
}

async function create(http: Http, file: MultipartFile): Promise<Upload | undefined> {
  const partBytes = Math.max(file.partBytes, Math.ceil(file.sizeBytes / mostParts));
  const count = Math.ceil(file.sizeBytes / partBytes);
  const answer = await step(http, file, 'create', { num_parts: count }).catch((error: unknown) => {
    if (error instanceof MlflowError && unsupportedStatuses.has(error.httpStatus ?? 0)) return undefined;
    throw error;
  });
  if (answer === undefined) return undefined;
  const parts = wireList(answer['credentials']).map((each) => toPart(each, file, partBytes));
  const problem = problemOf(parts, count);
  if (problem !== undefined) {
    throw malformedResponse({ action: file.action, url: withoutCredentials(file.address) }, problem);
  }
  const id = wireText(answer['upload_id']);
  return { id: id === '' ? undefined : id, parts };
}

/** A part too few, or twice, would leave a hole in the file. */
function problemOf(parts: readonly Part[], count: number): string | undefined {
  if (parts.length !== count) return `offers ${parts.length} instead of ${count} parts`;
  const numbers = new Set(parts.map(({ number }) => number));
  const isComplete = Array.from({ length: count }, (_, i) => numbers.has(i + 1)).every(Boolean);
  if (!isComplete) return `offers parts that are not numbered from 1 to ${count}`;
  return parts.every(({ url }) => /^https?:/i.test(url) && URL.canParse(url))
    ? undefined
    : 'offers a part without an address over HTTP';
}

function toPart(credential: Wire, file: MultipartFile, partBytes: number): Part {
  const number = Number(credential['part_number']);
  const start = (number - 1) * partBytes;
  const sizeBytes = Math.min(partBytes, file.sizeBytes - start);
  const url = wireText(credential['url']);
  const headers = Object.entries(wireObject(credential['headers']));
  return {
    number,
    start,
    sizeBytes,
    url,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), wireText(value)])),
  };
}

/** A presigned address is all the permission it takes: nothing else is sent there. */
async function sendPart(http: StreamingHttp, { localFile, action }: MultipartFile, part: Part): Promise<Wire> {
  const { url, headers } = part;
  const content = fileContent(localFile, part.start, part.sizeBytes);
  const call = { method: 'PUT', path: url, content, headers, isAnonymous: true, isIdempotent: true } as const;
  const answer = await http.answer({ ...call, action: `${action} (part ${part.number})` });
  return { part_number: part.number, etag: answer.headers['etag'] ?? '', url };
}

async function step(
  http: Http,
  { address, action }: MultipartFile,
  name: 'create' | 'complete' | 'abort',
  values: object,
): Promise<Wire | undefined> {
  const path = multipartAddress(posix.dirname(address), name);
  if (path === undefined) return undefined;
  const body = { path: decodeURIComponent(posix.basename(address)), ...values };
  return http.json({ method: 'POST', path, body, action, isIdempotent: true });
}
