import { closeSync, fsync, fsyncSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { invalidValue } from '../faults.js';
import { syncFolder } from './durable-file.js';
import { encodeLine } from './journal-line.js';
import type { RunOperation } from './operation.js';

const fsyncLater = promisify(fsync);

/** The end of a journal, where operations are added. */
export interface JournalWriter {
  /** Complete lines end here. */
  readonly sizeBytes: number;
  /** Number of the last operation; 0 when there is none. */
  readonly lastSeq: number;
  /** In the file when this returns: the end of this process loses nothing. The number of the operation. */
  append(operation: RunOperation): number;
  /** On the disk: the end of the machine loses nothing. */
  flush(): Promise<void>;
  flushSync(): void;
  close(): void;
}

/** Starts a journal. */
export function createJournal(path: string): JournalWriter {
  const file = openSync(path, 'ax');
  syncFolder(dirname(path));
  let sizeBytes = 0;
  let lastSeq = 0;
  let flushedBytes = 0;
  let isClosed = false;
  return {
    get sizeBytes() {
      return sizeBytes;
    },
    get lastSeq() {
      return lastSeq;
    },
    append(operation) {
      // The system may have given the number of a closed file to another one.
      if (isClosed) throw invalidValue(`Cannot log to "${path}": this log has been closed; resume the run by its id`);
      const line = Buffer.from(encodeLine(lastSeq + 1, operation));
      try {
        writeFileSync(file, line);
      } catch (error) {
        ftruncateSync(file, sizeBytes); // a full disk can leave a part of the line, which would spoil the next one
        throw error;
      }
      sizeBytes += line.length;
      lastSeq += 1;
      return lastSeq;
    },
    async flush() {
      const end = sizeBytes;
      if (end <= flushedBytes || isClosed) return;
      await fsyncLater(file);
      flushedBytes = Math.max(flushedBytes, end);
    },
    flushSync() {
      if (isClosed) return;
      fsyncSync(file);
      flushedBytes = sizeBytes;
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      closeSync(file);
    },
  };
}
