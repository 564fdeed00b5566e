/** One request over HTTP, complete: what it is sent with is decided. */
export interface TransportRequest {
  readonly method: string;
  /** `http:` or `https:`. */
  readonly url: string;
  /** Names in lower case. `content-length` is given whenever there is a body. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>;
  /** Ends the request, and the arrival of its answer, at any moment. */
  readonly signal: AbortSignal;
}

/** An answer whose head is there, and whose body arrives. */
export interface TransportResponse {
  readonly status: number;
  /** Names in lower case. Without `content-encoding` and `content-length` when `body` is no longer compressed. */
  readonly headers: Readonly<Record<string, string>>;
  /** Fails when the connection breaks before the end. Whoever stops reading closes the connection. */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Sends one request, once: no redirects, no repetition, no timeouts of its own, any status is an answer. Fails with the error of the network
 * when there is none.
 */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;
