import type { Page, Paged, PageRequest } from './api/paged.js';

/** The result whose pages `ask` gives. A store that repeats its token would never end: the repetition ends it. */
export function paged<T>(ask: (request: PageRequest) => Promise<Page<T>>): Paged<T> {
  return {
    page: (request = {}) => ask(request),
    async all(limit = Infinity) {
      const items: T[] = [];
      for await (const page of pagesOf(ask, () => limit - items.length)) items.push(...page.items);
      return items.slice(0, limit);
    },
    async *[Symbol.asyncIterator]() {
      for await (const page of pagesOf(ask, () => Infinity)) yield* page.items;
    },
  };
}

async function* pagesOf<T>(
  ask: (request: PageRequest) => Promise<Page<T>>,
  wanted: () => number,
): AsyncGenerator<Page<T>> {
  let pageToken: string | undefined;
  do {
    const missing = wanted();
    if (missing <= 0) return;
    const page = await ask({
      ...(Number.isFinite(missing) && { maxResults: missing }),
      ...(pageToken !== undefined && { pageToken }),
    });
    yield page;
    if (page.nextPageToken === pageToken) return;
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
}
