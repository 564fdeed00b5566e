import { toRecord } from './values.js';

/**
 * The tag by which this client knows again what it made when the answer was lost. It stays on the entity; tags that are read leave it out,
 * for it says nothing about the entity.
 */
export const requestTag = 'mlflow-client-ts.requestId';

/** Tags as users see them: without the {@link requestTag}. */
export function toTags(pairs: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(toRecord(pairs)).filter(([key]) => key !== requestTag));
}

/** The id of the call that made the entity with these tags. */
export function toRequestId(pairs: unknown): string | undefined {
  return toRecord(pairs)[requestTag];
}
