import { requestTag } from '../src/rest/wire/request-tag.js';

/** The same without the tag by which the REST client finds again what it has created, and which it does not show. */
export function withoutRequestTag<T extends { readonly tags: Readonly<Record<string, string>> }>(entity: T): T {
  const tags = Object.entries(entity.tags).filter(([key]) => key !== requestTag);
  return { ...entity, tags: Object.fromEntries(tags) };
}
