import type { Page, Paged, PageRequest } from '../api/paged.js';
import { paged } from '../paging.js';
import { wireList, wireText, type Wire } from './wire/values.js';

/** Which page to ask a server for. A server gives none, or all, when no size is named. */
interface WirePage {
  readonly max_results: number;
  readonly page_token?: string;
}

/** How the pages of one kind of thing are read. */
export interface PageReader<T> {
  readonly ask: (page: WirePage) => Promise<Wire>;
  /** The list in the answer. */
  readonly part: string;
  readonly convert: (items: readonly Wire[]) => readonly T[] | Promise<readonly T[]>;
  readonly sizes: PageSizes;
}

interface PageSizes {
  /** What is asked for when the caller does not say. */
  readonly usual: number;
  /** What a server gives at most; more is an error on most. */
  readonly most: number;
}

/** Sizes of pages. Large pages make few calls, and long ones: the usual size stays well below what servers of all versions give. */
export const pageSizes = {
  experiments: { usual: 1000, most: 50_000 },
  runs: { usual: 1000, most: 50_000 },
  metrics: { usual: 25_000, most: 25_000 },
  loggedModels: { usual: 50, most: 50 },
  registeredModels: { usual: 1000, most: 1000 },
  modelVersions: { usual: 1000, most: 200_000 },
  webhooks: { usual: 1000, most: 1000 },
} as const;

/** A result of a server that comes page by page. */
export function restPaged<T>({ ask, part, convert, sizes }: PageReader<T>): Paged<T> {
  return paged(async ({ maxResults, pageToken }: PageRequest): Promise<Page<T>> => {
    const size = Math.min(maxResults ?? sizes.usual, sizes.most);
    const answer = await ask({ max_results: size, ...(pageToken !== undefined && { page_token: pageToken }) });
    const nextPageToken = wireText(answer['next_page_token']);
    return {
      items: await convert(wireList(answer[part])),
      ...(nextPageToken !== '' && { nextPageToken }),
    };
  });
}

/** `runs with filter "…"`, for errors. */
export function searchAction(what: string, filter: string | undefined): string {
  return `search ${what}${filter === undefined ? '' : ` with filter ${JSON.stringify(filter)}`}`;
}
