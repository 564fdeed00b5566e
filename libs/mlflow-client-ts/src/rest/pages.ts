import { wireText, type Wire } from './wire.js';

/** Which page to ask for. */
export interface PageRequest {
  readonly max_results: number;
  readonly page_token?: string;
}

/** Collects the items of all pages, or the first `limit` of them. */
export async function collectPages(
  ask: (page: PageRequest) => Promise<Wire>,
  itemsOf: (answer: Wire) => readonly Wire[],
  { pageSize, limit = Infinity }: { pageSize: number; limit?: number | undefined },
): Promise<Wire[]> {
  const items: Wire[] = [];
  let token = '';
  while (items.length < limit) {
    const maxResults = Math.min(pageSize, limit - items.length);
    const answer = await ask({ max_results: maxResults, ...(token !== '' && { page_token: token }) });
    items.push(...itemsOf(answer));
    const next = wireText(answer['next_page_token']);
    if (next === '' || next === token) break; // a server that repeats its token would never end
    token = next;
  }
  return items;
}
