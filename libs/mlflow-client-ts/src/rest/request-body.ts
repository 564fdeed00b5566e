import { MlflowError } from '../errors.js';
import type { HttpCall } from './http-call.js';
import type { TransportRequest } from './transport/transport.js';
import type { Watch } from './watch.js';

/** The body of a request. */
interface RequestBody {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: NonNullable<TransportRequest['body']>;
  /** The same, when it is in memory. */
  readonly bytes: Uint8Array | undefined;
}

const pieceBytes = 256 * 1024; // one that is gone shows that the connection is alive

/** What a call carries, and the headers that say so. */
export function requestBody({ action, body, content }: HttpCall, watch: Watch): RequestBody {
  if (content !== undefined) {
    const headers = { 'content-length': String(content.sizeBytes) };
    return { headers, body: watched(readable(content.open(), action), watch), bytes: undefined };
  }
  if (body === undefined) return { headers: {}, bytes: undefined };
  const isBinary = body instanceof Uint8Array;
  const bytes = isBinary ? body : new TextEncoder().encode(JSON.stringify(body));
  const headers = {
    'content-length': String(bytes.length),
    ...(!isBinary && { 'content-type': 'application/json' }),
  };
  return { headers, body: bytes.length > pieceBytes ? watched(pieces(bytes), watch) : bytes, bytes };
}

async function* watched(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  watch: Watch,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    watch.restart();
    yield chunk;
  }
  watch.restart();
}

/** What fails here is not the network: it is not to be repeated. */
async function* readable(source: AsyncIterable<Uint8Array>, action: string): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (cause) {
    if (cause instanceof MlflowError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new MlflowError(
      `Cannot ${action}: what is to be sent cannot be read (${code ?? message}); look whether the file is there and may be read`,
      { code: 'INVALID_PARAMETER_VALUE', cause },
    );
  }
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += pieceBytes) yield bytes.subarray(start, start + pieceBytes);
}
