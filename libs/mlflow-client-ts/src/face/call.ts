import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { Message } from './message.js';
import type { PathValues } from './router.js';

/** A request that was let in and routed. */
export interface Call {
  /** From the JSON body, or from the query of a GET. Reads the body. */
  message(): Promise<Message>;
  /** The values that stand in the path, decoded. */
  readonly path: PathValues;
  readonly request: IncomingMessage;
  /** Ends transfers when the face closes. */
  readonly closing: AbortSignal;
}

/** What is answered. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Readable;
}

/** Answers one endpoint. */
export type Handler = (call: Call) => Promise<Reply>;

/** An answer of JSON. Fields that are `undefined` are left out. */
export function jsonReply(body: object, status = 200): Reply {
  return { ...textReply(JSON.stringify(body), 'application/json'), status };
}

/** An answer of text. */
export function textReply(body: string, contentType = 'text/plain; charset=utf-8'): Reply {
  const headers = { 'content-type': contentType, 'content-length': String(Buffer.byteLength(body)) };
  return { status: 200, headers, body };
}

/** A handler that needs no more than the fields of the request, and answers with an object. */
export function jsonHandler(answer: (message: Message, path: PathValues) => Promise<object>): Handler {
  return async (call) => jsonReply(await answer(await call.message(), call.path));
}
