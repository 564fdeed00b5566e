import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Logger } from '@i-drill/core';
import type { PredictionRecord } from '@i-drill/monitoring';
import { ServingError } from './errors.js';

/** Batches wait in memory while the disk is slow; beyond this many batches the oldest records are dropped and counted. */
const pendingBatches = 100;

/** Where and how often predictions are written. */
export interface PredictionLogOptions {
  readonly directory: string;
  /** A batch of this size is written at once. */
  readonly maxBatchRecords: number;
  /** A smaller batch is written after this time. */
  readonly flushIntervalMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Appends predictions to one file of this process. */
export interface PredictionLog {
  readonly path: string;
  /** Records that could not be written, so far. */
  readonly lostRecords: number;
  /** Never throws and never waits. */
  append(record: PredictionRecord): void;
  flush(): Promise<void>;
  /** Writes what waits, and stops. */
  close(): Promise<void>;
}

/**
 * Opens a log of predictions: JSON lines, one file per process, so that processes never write into one another's lines.
 * A record that cannot be written is counted as lost and reported to the logger once; the prediction it belongs to is
 * answered all the same. A folder that cannot be written at the start is an error.
 */
export async function openPredictionLog(options: PredictionLogOptions): Promise<PredictionLog> {
  const { directory, clock } = options;
  const path = join(directory, `predictions-${clock.now()}-${process.pid}-${randomBytes(3).toString('hex')}.jsonl`);
  try {
    await mkdir(directory, { recursive: true });
    await (await open(path, 'a')).close();
  } catch (cause) {
    throw new ServingError(
      `Cannot log predictions: "${directory}" cannot be written; make it writable or give another folder`,
      { code: 'SERVING_LOG_UNWRITABLE', details: { directory }, cause },
    );
  }
  return new JsonLinesLog(path, options);
}

class JsonLinesLog implements PredictionLog {
  readonly path: string;
  lostRecords = 0;
  private readonly options: PredictionLogOptions;
  private readonly timer: NodeJS.Timeout;
  private waiting: PredictionRecord[] = [];
  private writing: Promise<void> = Promise.resolve();
  /** A failed write may have left half a line behind: the next batch starts on a line of its own. */
  private torn = false;
  private reported = false;

  constructor(path: string, options: PredictionLogOptions) {
    this.path = path;
    this.options = options;
    this.timer = setInterval(() => void this.flush(), options.flushIntervalMs);
    this.timer.unref();
  }

  append(record: PredictionRecord): void {
    this.waiting.push(record);
    if (this.waiting.length % this.options.maxBatchRecords === 0) void this.flush();
    if (this.waiting.length > this.options.maxBatchRecords * pendingBatches) {
      this.waiting.shift();
      this.lose(1, new Error('records arrive faster than they can be written'));
    }
  }

  flush(): Promise<void> {
    this.writing = this.writing.then(() => this.writeWaiting());
    return this.writing;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  private async writeWaiting(): Promise<void> {
    const batch = this.waiting;
    if (batch.length === 0) return;
    this.waiting = [];
    const lines = batch.map((record) => `${JSON.stringify(record)}\n`).join('');
    try {
      await appendFile(this.path, this.torn ? `\n${lines}` : lines);
      this.torn = false;
    } catch (error) {
      this.torn = true;
      this.lose(batch.length, error);
    }
  }

  private lose(count: number, cause: unknown): void {
    this.lostRecords += count;
    if (this.reported) return;
    this.reported = true;
    this.options.logger.error('Predictions are served but cannot be logged; monitoring will miss them', {
      path: this.path,
      cause: cause instanceof Error ? cause.message : String(cause),
    });
  }
}
