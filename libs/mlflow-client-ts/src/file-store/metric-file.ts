import { join } from 'node:path';
import type { Metric, RunMetric } from '../api/metrics.js';
import { MlflowError } from '../errors.js';
import type { StoreFiles } from '../fs/store-files.js';
import { whileKeyIsFile } from './value-files.js';

/**
 * Appends points to the file of their metric in a run, in one write. All have the same key. The dataset of a point is kept only with step 0: MLflow
 * takes every point that names one for step 0, which would be worse than not to know the dataset. Its database keeps none for runs at all.
 */
export function appendPoints(
  files: StoreFiles,
  runFolder: string,
  key: string,
  points: readonly Metric[],
): Promise<void> {
  const lines = points.map(
    (point) => `${point.timestamp} ${point.value} ${point.step}${point.step === 0 ? datasetFields(point) : ''}\n`,
  );
  return whileKeyIsFile('metrics', key, files.append(join(runFolder, 'metrics', key), lines.join('')));
}

/** Appends points to the file of their metric in a logged model, where each names its run. */
export function appendModelPoints(
  files: StoreFiles,
  modelFolder: string,
  key: string,
  points: readonly RunMetric[],
): Promise<void> {
  const lines = points.map(
    (point) => `${point.timestamp} ${point.value} ${point.step} ${point.runId}${datasetFields(point)}\n`,
  );
  return whileKeyIsFile('metrics', key, files.append(join(modelFolder, 'metrics', key), lines.join('')));
}

// Fields end at a space, so that the reader of MLflow fails at a name that has one.
function datasetFields({ datasetName, datasetDigest }: Metric): string {
  if (datasetName === undefined || datasetDigest === undefined) return '';
  return ` ${withoutSpaces(datasetName)} ${withoutSpaces(datasetDigest)}`;
}

function withoutSpaces(text: string): string {
  return text.replace(/[ \t\n\r]/g, encodeURIComponent);
}

function withSpaces(text: string): string {
  return text.replace(/%(?:20|09|0A|0D)/g, decodeURIComponent);
}

/** The points in the metric file of a run: `timestamp value step`, and name and digest of a dataset where there is one. */
export function parsePoints(key: string, text: string): Metric[] {
  return wholeLines(text).map((line) => {
    const [timestamp = '', value = '', step = '0', datasetName, datasetDigest] = line.split(' '); // no step: an old version of MLflow
    return { ...parsePoint(key, line, [timestamp, value, step]), ...datasetOf(datasetName, datasetDigest) };
  });
}

/** The points in the metric file of a logged model: `timestamp value step run`, and name and digest of a dataset where there is one. */
export function parseModelPoints(key: string, text: string, modelId: string): RunMetric[] {
  return wholeLines(text).map((line) => {
    const [timestamp = '', value = '', step = '0', runId = '', datasetName, datasetDigest] = line.split(' ');
    const point = parsePoint(key, line, [timestamp, value, step]);
    return { ...point, modelId, runId, ...datasetOf(datasetName, datasetDigest) };
  });
}

function datasetOf(
  name: string | undefined,
  digest: string | undefined,
): Pick<Metric, 'datasetName' | 'datasetDigest'> {
  if (name === undefined || digest === undefined) return {};
  return { datasetName: withSpaces(name), datasetDigest: withSpaces(digest) };
}

/** What follows the last newline was never acknowledged: it is being written, or its writer died at it. */
function wholeLines(text: string): string[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

function parsePoint(
  key: string,
  line: string,
  [timestamp, value, step]: readonly [string, string, string],
): Pick<Metric, 'key' | 'value' | 'timestamp' | 'step'> {
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
