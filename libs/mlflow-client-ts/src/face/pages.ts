import type { Page, Paged } from '../api/paged.js';
import { invalidValue } from '../faults.js';
import { optionalInteger, optionalText } from './fields.js';
import type { Message } from './message.js';

/** How many items an endpoint gives at once. */
interface PageSize {
  readonly byDefault: number;
  readonly atMost: number;
}

/** The page that a request asks for by `max_results` and `page_token`. */
export function pageOf<T>(found: Paged<T>, message: Message, { byDefault, atMost }: PageSize): Promise<Page<T>> {
  const maxResults = optionalInteger(message, 'max_results') ?? byDefault;
  if (maxResults < 1 || maxResults > atMost) {
    throw invalidValue(`Cannot give ${maxResults} results: max_results is a number from 1 to ${atMost}`, {
      maxResults,
    });
  }
  const pageToken = optionalText(message, 'page_token');
  return found.page({ maxResults, ...(pageToken !== undefined && { pageToken }) });
}
