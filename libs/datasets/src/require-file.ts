import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { DatasetError } from './errors.js';

/** Refuses a path that is no readable, non-empty file. */
export async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch((cause: unknown) => {
    throw missingOrUnreadable(path, cause);
  });
  if (!found.isFile()) {
    const message = `Cannot read ${quoted(path)}: it is no file; give the path of one file`;
    throw new DatasetError(message, { code: 'DATASET_UNREADABLE', details: { path } });
  }
  if (found.size === 0) throw emptyFile(path, 'it has 0 bytes');
}

/** The error for a file without a single row. */
export function emptyFile(path: string, what: string): DatasetError {
  const message = `Cannot read ${quoted(path)}: ${what}; check how ${quoted(basename(path))} was written`;
  return new DatasetError(message, { code: 'DATASET_EMPTY', details: { path } });
}

function missingOrUnreadable(path: string, cause: unknown): DatasetError {
  const isMissing = cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
  if (isMissing) {
    const message = `Cannot read ${quoted(path)}: there is no such file; check the data folder`;
    return new DatasetError(message, { code: 'DATASET_FILE_MISSING', details: { path }, cause });
  }
  const message = `Cannot read ${quoted(path)}: the system refuses it; check its permissions`;
  return new DatasetError(message, { code: 'DATASET_UNREADABLE', details: { path }, cause });
}

function quoted(path: string): string {
  return `"${path}"`;
}
