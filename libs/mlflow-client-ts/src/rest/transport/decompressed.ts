import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { TransportResponse } from './transport.js';

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

const ofCompressed = new Set(['content-encoding', 'content-length']);

/** The answer without the compression that some proxies apply though none was asked for. A part of a file is left as it is: it cannot be read alone. */
export function decompressed(response: TransportResponse & { readonly body: Readable }): TransportResponse {
  const createDecoder = decoders[response.headers['content-encoding']?.toLowerCase() ?? ''];
  if (createDecoder === undefined || response.status === 206) return response;
  const headers = Object.fromEntries(Object.entries(response.headers).filter(([name]) => !ofCompressed.has(name)));
  // What fails is told to whoever reads the decoder.
  return { status: response.status, headers, body: pipeline(response.body, createDecoder(), () => undefined) };
}
