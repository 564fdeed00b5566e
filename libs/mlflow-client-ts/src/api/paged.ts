/** Which part of a result to ask for. */
export interface PageRequest {
  /** The most items of this page. @default what the store gives at most */
  readonly maxResults?: number;
  /** `nextPageToken` of the page before. @default the first page */
  readonly pageToken?: string;
}

/** One part of a result. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Only when there is more. Opaque: its meaning belongs to the store. */
  readonly nextPageToken?: string;
}

/**
 * A result that comes page by page: `for await (const run of client.searchRuns(…))` asks for the next page when it is needed. Nothing is asked
 * before the first item is. A server pages by offset: rows can be skipped or repeated when others write meanwhile.
 */
export interface Paged<T> extends AsyncIterable<T> {
  /** Every item, or the first `limit` of them. */
  all(limit?: number): Promise<T[]>;
  /** One page, for those who keep the token themselves. */
  page(request?: PageRequest): Promise<Page<T>>;
}
