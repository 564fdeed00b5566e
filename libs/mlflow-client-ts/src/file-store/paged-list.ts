import type { Page, Paged, PageRequest } from '../api/paged.js';
import type { MlflowError } from '../errors.js';
import { invalidValue } from '../faults.js';
import { paged } from '../paging.js';

/** A part of a result, and whether more of it follows. */
export interface Slice<T> {
  readonly items: readonly T[];
  readonly hasMore: boolean;
}

/**
 * A result whose items `find` gives anew for every page.
 *
 * @param most the most items of one page; who asks for more gets so many
 */
export function pagedList<T>(find: () => Promise<readonly T[]> | readonly T[], most: number): Paged<T> {
  return pagedSlices(async (offset, length) => {
    const items = await find();
    return { items: items.slice(offset, offset + length), hasMore: items.length > offset + length };
  }, most);
}

/** A result of which `cut` gives any part. */
export function pagedSlices<T>(cut: (offset: number, length: number) => Promise<Slice<T>>, most: number): Paged<T> {
  return paged(async ({ maxResults = most, pageToken }: PageRequest): Promise<Page<T>> => {
    const offset = readPageToken(pageToken);
    const length = Math.min(maxResults, most);
    const { items, hasMore } = await cut(offset, length);
    return { items, ...(hasMore && { nextPageToken: pageTokenOf(offset + length) }) };
  });
}

/** A token like that of MLflow: base64 of `{"offset": 100}`. */
export function pageTokenOf(offset: number): string {
  return Buffer.from(JSON.stringify({ offset })).toString('base64');
}

/** The offset in a token; 0 without one. */
export function readPageToken(token: string | undefined): number {
  if (token === undefined || token === '') return 0;
  const offset = offsetIn(token);
  if (Number.isSafeInteger(offset) && Number(offset) > 0) return Number(offset);
  throw badPageToken(token);
}

/** The error for a token that this store has not given. */
export function badPageToken(token: string | undefined): MlflowError {
  return invalidValue(
    `Cannot continue at page token ${JSON.stringify(token)}: it is none of this store; use nextPageToken of the page before`,
    { token },
  );
}

function offsetIn(token: string): unknown {
  try {
    return (JSON.parse(Buffer.from(token, 'base64').toString()) as { offset?: unknown } | null)?.offset;
  } catch {
    return undefined;
  }
}
