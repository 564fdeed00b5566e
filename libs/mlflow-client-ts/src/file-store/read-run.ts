import type { Run } from '../api/runs.js';
import { keepLatestPoints } from '../latest-points.js';
import { latestPoint } from '../metric-points.js';
import { metaNumber, metaText } from './meta.js';
import { parsePoints } from './metric-file.js';
import { artifactUriOf, experimentIdOf, runStageOf, type RunFolder } from './run-folder.js';
import { readInputs } from './run-inputs.js';
import { statusOf } from './run-meta.js';
import { readOutputs } from './run-outputs.js';
import { readValuesSync } from './value-files.js';

type RunData = 'metrics' | 'params' | 'tags' | 'inputs' | 'modelInputs' | 'modelOutputs';

/** Everything that is kept about a run. */
export function readRun(folder: RunFolder): Run {
  const tags = readValuesSync(folder.path, 'tags');
  const info = readRunInfo(folder);
  return {
    ...info,
    runName: info.runName || (tags['mlflow.runName'] ?? ''),
    metrics: readLatestMetrics(folder.path),
    params: readValuesSync(folder.path, 'params'),
    tags,
    ...readInputs(folder),
    modelOutputs: readOutputs(folder.path),
  };
}

/** What the description of a run says. */
export function readRunInfo(folder: RunFolder): Omit<Run, RunData> {
  const { meta } = folder;
  const endTime = metaNumber(meta, 'end_time');
  return {
    runId: metaText(meta, 'run_id'),
    runName: metaText(meta, 'run_name'),
    experimentId: experimentIdOf(folder),
    userId: metaText(meta, 'user_id'),
    status: statusOf(meta),
    startTime: metaNumber(meta, 'start_time'),
    ...(endTime !== 0 && { endTime }),
    artifactUri: artifactUriOf(folder),
    lifecycleStage: runStageOf(folder),
  };
}

function readLatestMetrics(path: string): Readonly<Record<string, number>> {
  const texts = Object.entries(readValuesSync(path, 'metrics'));
  const points = texts.flatMap(([key, text]) => latestPoint(parsePoints(key, text)) ?? []);
  return keepLatestPoints(Object.fromEntries(points.map(({ key, value }) => [key, value])), points);
}
