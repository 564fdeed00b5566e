/** A file or folder among artifacts. */
export interface ArtifactFile {
  /** Relative to the artifact root, with `/`. */
  readonly path: string;
  readonly isDirectory: boolean;
  /** 0 for folders. */
  readonly sizeBytes: number;
}

/** Whose artifacts. */
export type ArtifactOwner = { readonly runId: string } | { readonly modelId: string };

/** How a file is fetched to this machine. */
export interface DownloadOptions {
  /** Hexadecimal. When given, a file of another digest is removed and refused with MLFLOW_DIGEST_MISMATCH. */
  readonly sha256?: string;
}

/** A file that was fetched. */
export interface DownloadedFile {
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** How many of these bytes were there from an earlier, interrupted download. */
  readonly resumedBytes: number;
}

/** The artifacts of one run or logged model, wherever they lie. Paths are relative, with `/`. */
export interface ArtifactRepository {
  /** One level, by path; empty when the path is a file or nothing. */
  list(path?: string): Promise<ArtifactFile[]>;
  upload(path: string, content: Uint8Array | string): Promise<void>;
  /** Streams a file of this machine; in parts where the server offers that and the file is large. */
  uploadFile(path: string, localFile: string): Promise<void>;
  /** Streams every file below a folder of this machine; links are followed. */
  uploadFolder(path: string, localFolder: string): Promise<void>;
  download(path: string): Promise<Uint8Array>;
  /** The content as it arrives. A connection that breaks ends it with an error; nothing is repeated. */
  stream(path: string): AsyncIterable<Uint8Array>;
  /**
   * Fetches to a file of this machine, which appears whole or not at all. What an interrupted download left (`<localFile>.part`) is
   * continued where the server honours Range, and verified by the digest.
   */
  downloadFile(path: string, localFile: string, options?: DownloadOptions): Promise<DownloadedFile>;
  /** A file, or a folder with all in it. Absent is no error. */
  delete(path: string): Promise<void>;
}

/** Files of runs and logged models. */
export interface ArtifactMethods {
  /** Everything that can be done with the artifacts of one run or logged model. */
  artifacts(owner: ArtifactOwner): ArtifactRepository;
  /** Short for `artifacts({ runId }).upload(…)`. */
  uploadArtifact(runId: string, path: string, content: Uint8Array | string): Promise<void>;
  /** Short for `artifacts({ runId }).download(…)`. */
  downloadArtifact(runId: string, path: string): Promise<Uint8Array>;
  /** Short for `artifacts({ runId }).list(…)`. */
  listArtifacts(runId: string, path?: string): Promise<ArtifactFile[]>;
}
