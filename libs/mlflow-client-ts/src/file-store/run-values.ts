import { posix } from 'node:path';
import type { FileCache } from '../fs/file-cache.js';
import { latestPoint } from '../metric-points.js';
import type { Value, ValuesOf } from '../search/match.js';
import { parsePoints } from './metric-file.js';
import { readRunInfo } from './read-run.js';
import type { RunFolder } from './run-folder.js';
import { readInputs } from './run-inputs.js';

/**
 * Reads of a run what a filter or an order asks for, and nothing else. Paths are put together as texts: for thousands of runs `path.join` takes a
 * noticeable part of a search.
 */
export function runFileValues(cache: FileCache): ValuesOf<RunFolder> {
  return (run, { kind, key }) => {
    if (kind === 'metric') return present(latestValue(cache, run, key));
    if (kind === 'param') return present(textValue(cache, run, 'params', key));
    if (kind === 'tag') return present(textValue(cache, run, 'tags', key));
    if (kind === 'dataset') return datasetValues(run, key as 'name' | 'digest' | 'context');
    return present(attributeValue(cache, run, key));
  };
}

function present(value: Value | undefined): Value[] {
  return value === undefined ? [] : [value];
}

function latestValue(cache: FileCache, { path }: RunFolder, key: string): number | undefined {
  if (!isKey(key)) return undefined;
  return cache.read(`${path}/metrics/${key}`, (text) => latestPoint(parsePoints(key, text))?.value);
}

function textValue(cache: FileCache, { path }: RunFolder, kind: 'params' | 'tags', key: string): string | undefined {
  return isKey(key) ? cache.read(`${path}/${kind}/${key}`, (text) => text) : undefined;
}

/** Whether a key can be one: others would lead to files elsewhere. */
function isKey(key: string): boolean {
  return posix.normalize(`/${key}`) === `/${key}` && !key.endsWith('/') && !/[\0\\]/.test(key);
}

function datasetValues(run: RunFolder, field: 'name' | 'digest' | 'context'): Value[] {
  return readInputs(run).inputs.flatMap((input) => present(input[field]));
}

function attributeValue(cache: FileCache, run: RunFolder, key: string): Value | undefined {
  const info = readRunInfo(run);
  switch (key) {
    case 'run_id':
      return info.runId;
    case 'run_name':
      return info.runName || (textValue(cache, run, 'tags', 'mlflow.runName') ?? '');
    case 'status':
      return info.status;
    case 'artifact_uri':
      return info.artifactUri;
    case 'user_id':
      return info.userId;
    case 'start_time':
      return info.startTime;
    default:
      return info.endTime;
  }
}
