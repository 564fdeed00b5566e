import { open, type FileHandle } from 'node:fs/promises';
import type { Metric } from '../api/metrics.js';
import type { Page, PageRequest } from '../api/paged.js';
import { orIfMissing } from '../fs/missing-file.js';
import { parsePoints } from './metric-file.js';
import { badPageToken, pageTokenOf, readPageToken } from './paged-list.js';

const newline = 10;
const blockBytes = 65_536;
const mostPoints = 25_000; // as a server

/** Where the points of a metric are. */
export interface MetricFile {
  readonly key: string;
  readonly path: string;
}

/** Some points of a metric file, in the order in which they were logged. Its tokens are offsets in the file, so that no page reads what is before it. */
export async function readMetricPage(
  { key, path }: MetricFile,
  { maxResults = mostPoints, pageToken }: PageRequest,
): Promise<Page<Metric>> {
  const start = readPageToken(pageToken);
  const file = await orIfMissing(open(path), undefined);
  if (file === undefined) return { items: [] };
  try {
    if (!(await isStartOfLine(file, start))) throw badPageToken(pageToken);
    const { text, end } = await readLines(file, start, Math.min(maxResults, mostPoints));
    const items = parsePoints(key, text);
    return { items, ...(end !== undefined && { nextPageToken: pageTokenOf(end) }) };
  } finally {
    await file.close();
  }
}

async function isStartOfLine(file: FileHandle, at: number): Promise<boolean> {
  if (at === 0) return true;
  const before = Buffer.alloc(1);
  const { bytesRead } = await file.read(before, 0, 1, at - 1);
  return bytesRead === 1 && before[0] === newline;
}

/** So many lines, and where the next one starts when there is one more. */
async function readLines(file: FileHandle, start: number, count: number): Promise<{ text: string; end?: number }> {
  const blocks: Buffer[] = [];
  let missing = count;
  let end: number | undefined;
  for (let at = start; ;) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(blockBytes), 0, blockBytes, at);
    const block = buffer.subarray(0, bytesRead);
    for (let i = block.indexOf(newline); i >= 0; i = block.indexOf(newline, i + 1)) {
      if (missing === 0 && end !== undefined) return { text: linesOf(blocks, block, end - start), end };
      missing -= 1;
      if (missing === 0) end = at + i + 1;
    }
    blocks.push(block);
    at += bytesRead;
    if (bytesRead === 0) return { text: linesOf(blocks, block, (end ?? at) - start) };
  }
}

function linesOf(blocks: readonly Buffer[], last: Buffer, lengthBytes: number): string {
  return Buffer.concat([...blocks, last]).toString('utf8', 0, lengthBytes);
}
