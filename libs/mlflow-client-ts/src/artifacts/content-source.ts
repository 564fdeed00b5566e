/** Which part of a content is wanted. */
export interface WantedRange {
  /** Bytes that are there already. */
  readonly offset: number;
  /** What told this version of the content from others, when it was known. */
  readonly validator: string | undefined;
}

/** A content that has begun to arrive. */
export interface OpenedContent {
  /** Where `body` begins: as wanted, or 0 when the source gives the whole content only. */
  readonly offset: number;
  /** Of the whole content, when the source tells. */
  readonly sizeBytes: number | undefined;
  /** Tells this version of the content from others (ETag, Last-Modified); `undefined` when nothing does. */
  readonly validator: string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
}

/** A content that can be fetched, again and again. */
export interface ContentSource {
  /** Tells it from other contents. */
  readonly address: string;
  /** Completes "Cannot …" in errors. */
  readonly action: string;
  open(wanted?: WantedRange): Promise<OpenedContent>;
  /** Waits before the next try, `false` when there is to be none: for contents whose arrival can break. */
  readonly waitToRepeat?: (error: unknown, attempt: number) => Promise<boolean>;
}
