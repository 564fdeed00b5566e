import type { Capabilities } from '../api/server.js';

/** What all clients of one server keep together, under whatever limits of calls. */
export interface SharedState {
  /** Once it is known. */
  capabilities: Capabilities | undefined;
  /** Where the artifacts of a run or logged model are, by its id: that never changes. */
  readonly artifactUris: Map<string, string>;
}

/** Nothing is known yet. */
export function newSharedState(): SharedState {
  return { capabilities: undefined, artifactUris: new Map() };
}
