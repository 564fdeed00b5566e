import { parseServerJson } from './json-text.js';
import { isPage, malformedResponse, readPageBytes } from './response-error.js';
import type { HttpCall } from './http-call.js';
import { readBytes } from './read-body.js';
import { sendRepeatedly } from './send-repeatedly.js';
import { redactor } from './secrets.js';
import type { RestSettings } from './settings.js';
import type { TransportResponse } from './transport/transport.js';
import { streamBody, type Reader } from './try-call.js';

export type { HttpCall } from './http-call.js';

/** Sends calls to one server, with waits and repeats. */
export interface Http {
  readonly baseUrl: string;
  /** Removes what must not be shown from what the server said. */
  redact(text: string): string;
  json(call: HttpCall): Promise<Record<string, unknown>>;
  /** An answer that may be large. */
  bytes(call: HttpCall): Promise<Uint8Array>;
}

/** An answer with its head. */
export interface Answer extends Pick<TransportResponse, 'status' | 'headers'> {
  readonly body: Uint8Array;
}

/** The same for what is too large for memory, and for answers whose head matters. */
export interface StreamingHttp extends Http {
  answer(call: HttpCall): Promise<Answer>;
  /** Repeats until an answer begins; once it does, a connection that breaks ends `body` with an error. */
  stream(call: HttpCall): Promise<TransportResponse>;
}

/** Calls of the server that the settings name. */
export function createHttp(settings: RestSettings): StreamingHttp {
  return {
    baseUrl: settings.baseUrl,
    redact: redactor(settings.secrets),
    answer: (call) => sendRepeatedly(settings, call, readAnswer),
    stream: (call) =>
      sendRepeatedly(settings, call, (response, running) => Promise.resolve(streamBody(response, running))),
    bytes: (call) => sendRepeatedly(settings, call, readLarge),
    json: (call) => sendRepeatedly(settings, call, readObject, call.recover),
  };
}

/** A large one may take its time, as long as it moves. */
const readLarge: Reader<Uint8Array> = (response, running) => readBytes(streamBody(response, running).body);

const readAnswer: Reader<Answer> = async ({ status, headers, body }, { watch }) => {
  const bytes = await readBytes(body, readPageBytes);
  watch.end();
  return { status, headers, body: bytes };
};

const readObject: Reader<Record<string, unknown>> = async (response, running) => {
  const limitBytes = isPage(response) ? readPageBytes : undefined;
  const text = new TextDecoder().decode(await readBytes(response.body, limitBytes));
  running.watch.end();
  try {
    const parsed = parseServerJson(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
  } catch {
    // told below, with the text
  }
  throw malformedResponse(
    running.context,
    'is not a JSON object',
    running.context.redact(text.slice(0, readPageBytes)),
  );
};
