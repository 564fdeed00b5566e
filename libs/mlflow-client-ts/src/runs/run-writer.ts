import type { RunBatch } from '../api/runs.js';
import { invalidValue } from '../faults.js';
import type { OperationResult, RunLog } from '../spool/run-log.js';
import type { RunOperation } from '../spool/operation.js';
import { batchBuffer } from './batch-buffer.js';

/** When a buffer is written to the journal. */
export interface BufferLimits {
  readonly maxBuffered: number;
  readonly flushMs: number;
}

/** Writes one run: buffers what comes in small pieces, and keeps the order of everything else. */
export interface RunWriter {
  readonly log: RunLog;
  /** To the journal at once when the buffer is full, else with what follows or after a while. */
  add(batch: RunBatch): void;
  /** To the journal at once, after what is buffered. */
  append(operation: RunOperation): void;
  /** The same, and waits for the store. */
  perform(operation: RunOperation): Promise<OperationResult | undefined>;
  flush(): Promise<void>;
  flushSync(): void;
  drain(): Promise<boolean>;
  /** From now on everything is refused. */
  seal(): void;
  close(): Promise<void>;
}

/** A writer over a log. Timers do not keep the process alive. */
export function createRunWriter(log: RunLog, { maxBuffered, flushMs }: BufferLimits): RunWriter {
  const buffer = batchBuffer();
  let timer: NodeJS.Timeout | undefined;
  let isSealed = false;

  const ship = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const batch = buffer.take();
    if (batch === undefined) return;
    try {
      log.append({ type: 'logBatch', batch });
    } catch (error) {
      buffer.add(batch); // a full disk may be emptied
      timer = setTimeout(shipLater, flushMs).unref();
      throw error;
    }
  };
  // An error here would be nobody's: the next call, or the end of the run, meets it again and throws it to its caller.
  const shipLater = (): void => {
    try {
      ship();
    } catch {
      // tried again
    }
  };
  const assertOpen = (): void => {
    if (isSealed) throw invalidValue(`Cannot log to run "${log.runId}": it has ended; resume it by its id`);
  };

  return {
    log,
    add(batch) {
      assertOpen();
      buffer.add(batch);
      if (buffer.size() >= maxBuffered) ship();
      else timer ??= setTimeout(shipLater, flushMs).unref();
    },
    append(operation) {
      assertOpen();
      ship();
      log.append(operation);
    },
    async perform(operation) {
      assertOpen();
      ship();
      return log.perform(operation);
    },
    async flush() {
      ship();
      await log.flush();
    },
    flushSync() {
      ship();
      log.flushSync();
    },
    async drain() {
      ship();
      return log.drain();
    },
    seal() {
      isSealed = true;
    },
    close() {
      clearTimeout(timer);
      return log.close();
    },
  };
}
