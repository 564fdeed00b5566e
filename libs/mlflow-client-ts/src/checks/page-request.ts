import type { Paged } from '../api/paged.js';
import { invalidValue } from '../faults.js';
import { paged } from '../paging.js';

/** A result whose arguments are checked when the first page is asked for, so that a wrong one rejects like any other call. */
export function checkedPages<T>(check: () => void, open: () => Paged<T>): Paged<T> {
  return paged(async (request) => {
    check();
    assertMaxResults(request.maxResults);
    return open().page(request);
  });
}

function assertMaxResults(maxResults: number | undefined): void {
  if (maxResults === undefined || (Number.isSafeInteger(maxResults) && maxResults > 0)) return;
  throw invalidValue(`Cannot ask for a page of ${maxResults} items: give a whole number above 0`, { maxResults });
}
