/** A value of a query. */
type QueryValue = string | number | boolean;

/** A body that is not held in memory, and can be sent again. */
export interface Content {
  readonly sizeBytes: number;
  open(): AsyncIterable<Uint8Array>;
}

/** One call of the server. */
export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base address, or a complete address. */
  readonly path: string;
  /** A list is sent as a repeated parameter. */
  readonly query?: Readonly<Record<string, QueryValue | readonly QueryValue[] | undefined>>;
  /** An object is sent as JSON. Fields named like a secret never appear in errors. */
  readonly body?: object | Uint8Array;
  /** Instead of `body`. */
  readonly content?: Content;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends nothing that tells who calls, not even to the server itself: for presigned addresses. */
  readonly isAnonymous?: boolean;
  /** Completes "Cannot …" in errors. */
  readonly action: string;
  /** Whether it may be repeated after a failure of unknown effect. */
  readonly isIdempotent: boolean;
  /**
   * For a create: finds what an earlier try made whose answer was lost, and gives it in the form of the answer. With it a create is repeated
   * after failures of unknown effect, but not after a timeout: the server may still be at work on it.
   */
  readonly recover?: () => Promise<Record<string, unknown> | undefined>;
}
