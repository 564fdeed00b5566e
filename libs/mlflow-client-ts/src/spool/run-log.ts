import type { ModelVersion } from '../api/model-versions.js';
import type { RunOperation } from './operation.js';

/** What came of an operation once the store had it. */
export interface OperationResult {
  /** Of `logModel`, where the store has logged models. */
  readonly modelId?: string;
  /** Of `logModel` with `register`. */
  readonly version?: ModelVersion;
}

/**
 * Everything that is logged to one run: first to a journal on disk, from there, in order and exactly once, to the store. While the store cannot
 * be used the journal grows, and the run goes on.
 */
export interface RunLog {
  /** The store's id once the store has the run; before that one of this machine's own, `offline-…`. */
  readonly runId: string;
  /** Adds to the journal. In the file when this returns, on the disk after `flush`. */
  append(operation: RunOperation): void;
  /** Keeps content for an `uploadArtifact` or `logModel` operation; the name of the blob. */
  putBlob(content: Uint8Array | string): string;
  /** Copies a file of this machine the same way, without reading it into memory. */
  putBlobFile(localFile: string): Promise<string>;
  /** Everything appended is on the disk (fsync). */
  flush(): Promise<void>;
  /** The same, for the exit of a process. */
  flushSync(): void;
  /** Appends, and waits until the store has it; `undefined` when the store cannot be used, and then it stays in the journal. */
  perform(operation: RunOperation): Promise<OperationResult | undefined>;
  /** Waits until the store has everything: `true`; `false` when the store cannot be used. What the store refuses is thrown. */
  drain(): Promise<boolean>;
  /** Stops the background work and closes the files; the journal is removed when it is empty and the run has ended. */
  close(): Promise<void>;
}
