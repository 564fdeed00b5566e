import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { bodyOf, startLocalServer } from './local-server.js';

/** A PUT of a part as it arrived. */
export interface ReceivedPart {
  readonly key: string;
  readonly bytes: Buffer;
  readonly headers: IncomingHttpHeaders;
}

/** Takes PUT to any address and answers with an ETag, as S3 does for presigned parts. */
export interface FakeS3 {
  readonly url: string;
  /** Every try, the failed ones too. */
  readonly tries: ReceivedPart[];
  /** What is kept, by path and query. */
  readonly parts: Map<string, Buffer>;
  /** How often the next PUTs are answered with HTTP 503. */
  failures: number;
  stop(): Promise<void>;
}

export async function startFakeS3(): Promise<FakeS3> {
  const tries: ReceivedPart[] = [];
  const parts = new Map<string, Buffer>();
  const server = await startLocalServer(async (request, response) => {
    const bytes = await bodyOf(request);
    const key = request.url ?? '';
    tries.push({ key, bytes, headers: request.headers });
    if (s3.failures > 0) {
      s3.failures--;
      response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>');
      return;
    }
    parts.set(key, bytes);
    response.writeHead(200, { etag: `"${createHash('md5').update(bytes).digest('hex')}"` }).end();
  });
  const s3: FakeS3 = { url: server.url, tries, parts, failures: 0, stop: () => server.stop() };
  return s3;
}
