import { appendFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Metric } from '../api/metrics.js';
import { MlflowError } from '../errors.js';
import { whileKeyIsFile } from './value-files.js';

/** Appends points to the file of their metric, in one write. All have the same key. */
export async function appendPoints(runFolder: string, key: string, points: readonly Metric[]): Promise<void> {
  const path = join(runFolder, 'metrics', key);
  const text = points.map(({ timestamp, value, step }) => `${timestamp} ${value} ${step}\n`).join('');
  await whileKeyIsFile(
    'metrics',
    key,
    mkdir(dirname(path), { recursive: true }).then(() => appendFile(path, text)),
  );
}

/** The points in the text of a metric file: `timestamp value step` per line. */
export function parsePoints(key: string, text: string): Metric[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => parsePoint(key, line));
}

// MLflow itself writes 3 fields, or 5 with name and digest of a dataset; old versions wrote 2.
function parsePoint(key: string, line: string): Metric {
  const [timestamp = '', value = '', step = '0'] = line.trim().split(' ');
  const point = { key, value: parseNumber(value), timestamp: Number(timestamp), step: Number(step) };
  const isValid = value !== '' && Number.isFinite(point.timestamp) && Number.isFinite(point.step);
  if (isValid && (!Number.isNaN(point.value) || value.toLowerCase() === 'nan')) return point;
  throw new MlflowError(
    `Cannot read metric "${key}": its file has the line ${JSON.stringify(line)} instead of "timestamp value step"; correct the file`,
    { code: 'MLFLOW_CORRUPT_STORE', details: { key, line } },
  );
}

// Python writes nan, inf and -inf.
function parseNumber(text: string): number {
  const infinity = /^([-+]?)inf(?:inity)?$/i.exec(text);
  if (infinity === null) return Number(text);
  return infinity[1] === '-' ? -Infinity : Infinity;
}
