import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Metric } from '../api/metrics.js';
import type { Run } from '../api/runs.js';
import { MlflowError } from '../errors.js';
import { invalidValue, notFound } from '../faults.js';
import { latestPoint } from '../metric-points.js';
import { experimentFolders } from './experiments.js';
import { metaNumber, metaText, readMeta, type Meta } from './meta.js';
import { parsePoints } from './metric-file.js';
import { orIfMissing } from '../fs/missing-file.js';
import { statusOf } from './run-meta.js';
import { readDatasets } from './run-inputs.js';
import type { StoreContext } from './store-context.js';
import { readValues } from './value-files.js';

/** A run on disk. */
export interface RunFolder {
  readonly path: string;
  readonly meta: Meta;
}

/** The folder of a run, wherever its experiment is. */
export async function findRunFolder(context: StoreContext, runId: string): Promise<RunFolder> {
  for (const { path } of await experimentFolders(context)) {
    const folder = join(path, runId);
    const meta = (await orIfMissing(stat(folder), undefined)) && (await readMeta(folder));
    if (meta !== undefined && metaText(meta, 'run_id') === runId) return { path: folder, meta };
  }
  throw notFound(`Cannot find run "${runId}": there is none in "${context.root}"; check its id and the tracking URI`, {
    runId,
  });
}

/** The folder of a run that may be written to. */
export async function openRunFolder(context: StoreContext, runId: string): Promise<RunFolder> {
  const folder = await findRunFolder(context, runId);
  if (metaText(folder.meta, 'lifecycle_stage') === 'deleted') {
    throw invalidValue(`Cannot write to run "${runId}": it is deleted; restore it`, { runId });
  }
  return folder;
}

/** Everything that is kept about a run. */
export async function readRun({ path, meta }: RunFolder): Promise<Run> {
  const [metrics, params, tags, inputs] = await Promise.all([
    readLatestMetrics(path),
    readValues(path, 'params'),
    readValues(path, 'tags'),
    readDatasets(path),
  ]);
  const endTime = metaNumber(meta, 'end_time');
  return {
    runId: metaText(meta, 'run_id'),
    runName: metaText(meta, 'run_name') || (tags['mlflow.runName'] ?? ''),
    experimentId: basename(dirname(path)),
    status: statusOf(meta),
    startTime: metaNumber(meta, 'start_time'),
    ...(endTime !== 0 && { endTime }),
    artifactUri: readArtifactUri({ path, meta }),
    lifecycleStage: metaText(meta, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active',
    metrics,
    params,
    tags,
    inputs,
  };
}

async function readLatestMetrics(folder: string): Promise<Record<string, number>> {
  const texts = Object.entries(await readValues(folder, 'metrics'));
  const latest = texts.map(([key, text]) => latestPoint(parsePoints(key, text)));
  const points = latest.filter((point): point is Metric => point !== undefined);
  return Object.fromEntries(points.map(({ key, value }) => [key, value]));
}

/**
 * Where the artifacts of a run are. URIs in a store are absolute; in one that was moved, those below its old place are followed to the
 * new one.
 */
export function readArtifactUri({ path, meta }: RunFolder): string {
  const written = metaText(meta, 'artifact_uri');
  const ownPlace = `/${basename(dirname(path))}/${basename(path)}/artifacts`;
  const isOwnPlace = written.startsWith('file:') && written.endsWith(ownPlace);
  return isOwnPlace ? pathToFileURL(join(path, 'artifacts')).href : written;
}

/** Refuses artifacts that this machine cannot reach by path. */
export function unreachableArtifacts(runId: string, artifactUri: string): MlflowError {
  return new MlflowError(
    `Cannot reach the artifacts of run "${runId}": they lie at ${artifactUri}; open the MLflow server that serves them instead of the folder`,
    { code: 'MLFLOW_UNSUPPORTED_ARTIFACT_STORE', details: { artifactUri } },
  );
}
