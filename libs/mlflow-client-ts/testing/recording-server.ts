import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as it arrived. */
export interface RecordedCall {
  readonly method: string;
  readonly path: string;
  /** The last value of each parameter. */
  readonly query: Readonly<Record<string, string>>;
  /** Every value of each parameter. */
  readonly queryValues: Readonly<Record<string, readonly string[]>>;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  /** The body, when it is JSON. */
  readonly json: unknown;
}

/** What the server answers; nothing at all for `'drop'`. */
export type Answer =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body: object | string }
  | 'drop'
  | 'hang';

/** An answer that depends on the calls so far, the one to be answered being the last. */
export type Reply = Answer | ((calls: readonly RecordedCall[]) => Answer);

/** A server of this process that records calls and answers as told, for faults that a real server cannot be made to show. */
export interface RecordingServer {
  readonly url: string;
  readonly calls: RecordedCall[];
  /** Answers are given in order; the last one again and again. */
  answer(...answers: readonly Reply[]): void;
  stop(): Promise<void>;
}

export async function startRecordingServer(): Promise<RecordingServer> {
  const calls: RecordedCall[] = [];
  let answers: readonly Reply[] = [];
  const server = createServer((request, response) => {
    void record(request).then((call) => {
      calls.push(call);
      const [next = { status: 500, body: 'no answer was prepared' }, ...rest] = answers;
      if (rest.length > 0) answers = rest;
      give(typeof next === 'function' ? next(calls) : next, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answer(...next) {
      answers = next;
      calls.length = 0;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function record(request: IncomingMessage): Promise<RecordedCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const url = new URL(request.url ?? '/', 'http://localhost');
  const isJson = request.headers['content-type'] === 'application/json';
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    queryValues: Object.fromEntries([...url.searchParams.keys()].map((name) => [name, url.searchParams.getAll(name)])),
    headers: request.headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  };
}

function give(answer: Answer, response: ServerResponse): void {
  if (answer === 'hang') return;
  if (answer === 'drop') {
    response.destroy();
    return;
  }
  const isText = typeof answer.body === 'string';
  const contentType = isText ? 'text/html' : 'application/json';
  response.writeHead(answer.status ?? 200, { 'content-type': contentType, ...answer.headers });
  response.end(isText ? answer.body : JSON.stringify(answer.body));
}
