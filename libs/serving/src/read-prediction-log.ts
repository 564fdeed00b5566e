import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PredictionRecord } from '@i-drill/monitoring';

/** What a log holds of a time window. */
export interface PredictionLogReading {
  /** In order of time. */
  readonly records: readonly PredictionRecord[];
  /** Lines of any time that are no record: a process was stopped in the middle of a line. */
  readonly tornLines: number;
}

/** The window: from <= time < to. */
export interface LogWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Reads the predictions of a time window from every file of a log folder. A folder that does not exist holds nothing:
 * no server has run there.
 */
export async function readPredictionLog(directory: string, window: LogWindow): Promise<PredictionLogReading> {
  const records: PredictionRecord[] = [];
  let tornLines = 0;
  for (const file of await logFiles(directory)) {
    for await (const line of linesOf(join(directory, file))) {
      const record = line === '' ? undefined : parseRecord(line);
      if (record === undefined) tornLines += line === '' ? 0 : 1;
      else if (record.at >= window.fromMs && record.at < window.toMs) records.push(record);
    }
  }
  return { records: records.sort((a, b) => a.at - b.at), tornLines };
}

async function logFiles(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).filter((name) => name.endsWith('.jsonl')).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function linesOf(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
}

function parseRecord(line: string): PredictionRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is PredictionRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { at, ok, latencyMs, version } = value as Partial<PredictionRecord>;
  return (
    typeof at === 'number' && typeof ok === 'boolean' && typeof latencyMs === 'number' && typeof version === 'string'
  );
}
