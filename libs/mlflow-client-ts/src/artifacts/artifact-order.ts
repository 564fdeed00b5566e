import type { ArtifactFile } from '../api/artifacts.js';

/** Orders artifacts by path. */
export function byPath(a: ArtifactFile, b: ArtifactFile): number {
  if (a.path === b.path) return 0;
  return a.path < b.path ? -1 : 1;
}
