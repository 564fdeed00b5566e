import { createReadStream } from 'node:fs';
import { invalidValue } from '../../faults.js';
import type { Content } from '../http-call.js';

const pieceBytes = 256 * 1024;

/** A part of a file of this machine, `[start, start + sizeBytes)`, read as it is sent. */
export function fileContent(localFile: string, start: number, sizeBytes: number): Content {
  return { sizeBytes, open: () => readPart(localFile, start, sizeBytes) };
}

async function* readPart(localFile: string, start: number, sizeBytes: number): AsyncGenerator<Uint8Array> {
  if (sizeBytes === 0) return;
  const options = { start, end: start + sizeBytes - 1, highWaterMark: pieceBytes };
  let readBytes = 0;
  for await (const chunk of createReadStream(localFile, options)) {
    readBytes += (chunk as Buffer).length;
    yield chunk as Buffer;
  }
  if (readBytes === sizeBytes) return;
  // The server was promised that many: without this, it would wait for them.
  throw invalidValue(
    `Cannot upload "${localFile}": it became ${sizeBytes - readBytes} bytes shorter meanwhile; upload it when nobody writes to it`,
    { localFile, sizeBytes, readBytes },
  );
}
