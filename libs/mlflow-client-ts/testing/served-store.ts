import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMlflow, serveStore, type MlflowClient, type ServeStoreOptions } from '../src/index.js';

/** What came back. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
}

/** One request, sent as it stands: `fetch` would tidy its path and its headers. */
interface RawRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A new file store, behind its REST face. */
export interface ServedStore {
  readonly url: string;
  readonly folder: string;
  readonly store: MlflowClient;
  send(request: RawRequest): Promise<RawAnswer>;
  /** A call of `/api/2.0/mlflow/…`, with its JSON. */
  call(method: string, path: string, body?: object): Promise<{ status: number; json: Record<string, unknown> }>;
  closeFace(): Promise<void>;
  stop(): Promise<void>;
}

export async function startServedStore(options: ServeStoreOptions = {}): Promise<ServedStore> {
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-face-'));
  const store = openMlflow({ trackingUri: `file:${folder}/mlruns` });
  const face = await serveStore(store, options);
  const send = (request: RawRequest): Promise<RawAnswer> => sendTo(face.url, request);
  return {
    url: face.url,
    folder,
    store,
    send,
    async call(method, path, body) {
      const headers = { 'content-type': 'application/json' };
      const sent = body === undefined ? {} : { headers, body: JSON.stringify(body) };
      const { status, text } = await send({ method, path: `/api/2.0/mlflow/${path}`, ...sent });
      return { status, json: JSON.parse(text) as Record<string, unknown> };
    },
    closeFace: () => face.close(),
    async stop() {
      await face.close();
      await rm(folder, { recursive: true });
    },
  };
}

function sendTo(url: string, { method = 'GET', path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const isMeasured = body !== undefined && headers['transfer-encoding'] === undefined;
    const length = isMeasured ? { 'content-length': String(Buffer.byteLength(body)) } : {};
    const sent = httpRequest({ hostname, port, method, path, headers: { ...length, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text: bytes.toString() });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
