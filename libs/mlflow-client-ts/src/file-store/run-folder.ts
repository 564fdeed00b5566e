import { basename, join } from 'node:path';
import type { LifecycleStage } from '../api/experiments.js';
import { invalidValue, notFound } from '../faults.js';
import { followedUri } from './artifact-uri.js';
import { experimentFolders } from './experiment-folder.js';
import { notRuns } from './layout.js';
import { listFolders } from './list-folders.js';
import { metaText, readMetaSync, type Meta } from './meta.js';
import type { StoreContext } from './store-context.js';

/** A run on disk. */
export interface RunFolder {
  readonly path: string;
  readonly experimentPath: string;
  readonly meta: Meta;
}

/** The folder of a run: where it was last seen, else in any experiment. */
export function findRunFolder(context: StoreContext, runId: string): RunFolder {
  const home = context.homes.get(runId);
  const known = home === undefined ? undefined : runIn(home, runId);
  const found = known ?? findAnywhere(context, runId);
  if (found !== undefined) return found;
  throw notFound(`Cannot find run "${runId}": there is none in "${context.root}"; check its id and the tracking URI`, {
    runId,
  });
}

function findAnywhere(context: StoreContext, runId: string): RunFolder | undefined {
  for (const { path } of experimentFolders(context)) {
    const found = runIn(path, runId);
    if (found === undefined) continue;
    context.homes.set(runId, path);
    return found;
  }
  return undefined;
}

function runIn(experimentPath: string, runId: string): RunFolder | undefined {
  const path = join(experimentPath, runId);
  const meta = readMetaSync(path);
  return meta !== undefined && metaText(meta, 'run_id') === runId ? { path, experimentPath, meta } : undefined;
}

/** The folder of a run that may be written to. */
export function openRunFolder(context: StoreContext, runId: string): RunFolder {
  const folder = findRunFolder(context, runId);
  if (runStageOf(folder) === 'active') return folder;
  throw invalidValue(`Cannot write to run "${runId}": it is deleted; restore it`, { runId });
}

/** Does work in a run that may be written to, while nobody else does. */
export async function changeRun(
  context: StoreContext,
  runId: string,
  work: (folder: RunFolder) => Promise<void>,
): Promise<void> {
  const { path } = openRunFolder(context, runId);
  await context.locks.run(path, () => work(openRunFolder(context, runId)));
}

/** Names of the folders of an experiment that may be runs. */
export function listRunIds(experimentPath: string): string[] {
  return listFolders(experimentPath).filter((name) => !notRuns.has(name));
}

/** Every run of an experiment, active or deleted. */
export function listRunFolders(experimentPath: string): RunFolder[] {
  return listRunIds(experimentPath)
    .map((runId) => runIn(experimentPath, runId))
    .filter((folder) => folder !== undefined);
}

/** Whether a run is deleted. */
export function runStageOf({ meta }: RunFolder): LifecycleStage {
  return metaText(meta, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active';
}

/** The id of the experiment of a run. */
export function experimentIdOf({ experimentPath }: RunFolder): string {
  return basename(experimentPath);
}

/** Where the artifacts of a run are. */
export function artifactUriOf({ path, meta }: RunFolder): string {
  return followedUri(metaText(meta, 'artifact_uri'), join(path, 'artifacts'), 3);
}
