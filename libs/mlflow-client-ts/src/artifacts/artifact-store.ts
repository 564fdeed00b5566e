import type { ArtifactFile } from '../api/artifacts.js';

/** The artifacts of one run, wherever they lie. Paths are relative, with `/`. */
export interface ArtifactStore {
  upload(path: string, content: Uint8Array): Promise<void>;
  download(path: string): Promise<Uint8Array>;
  /** One level below `path`, or below the root for the empty text. */
  list(path: string): Promise<ArtifactFile[]>;
}
