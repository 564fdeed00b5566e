import { randomUUID } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { CreateRun, Run, RunMethods, RunSearch, RunUpdate } from '../api/runs.js';
import { orderPoints } from '../metric-points.js';
import { loggedModelInfo } from '../model/logged-model-info.js';
import { searchInMemory } from '../search/search.js';
import { experimentFolders, openExperiment } from './experiments.js';
import { notRuns, runFolders } from './layout.js';
import { metaText, readMeta, writeMeta, type Meta } from './meta.js';
import { parsePoints } from './metric-file.js';
import { writeBatch } from './run-batch.js';
import { findRunFolder, openRunFolder, readRun, type RunFolder } from './run-folder.js';
import { writeDataset } from './run-inputs.js';
import { newRunMeta, statusNumber } from './run-meta.js';
import type { StoreContext } from './store-context.js';
import { readValue, writeValue } from './value-files.js';

const runNameTag = 'mlflow.runName';
const modelHistoryTag = 'mlflow.log-model.history';

/** The runs of a file store. */
export function fileRuns(context: StoreContext): RunMethods {
  const change = (runId: string, work: (folder: RunFolder) => Promise<void>): Promise<void> =>
    changeRun(context, runId, work);
  return {
    createRun: (run) => createRun(context, run),
    getRun: async (runId) => readRun(await findRunFolder(context, runId)),
    updateRun: (runId, update) => change(runId, (folder) => updateRun(folder, update)),
    logBatch: (runId, batch) => change(runId, (folder) => writeBatch(folder, batch)),
    logInputs: (runId, datasets) =>
      change(runId, async ({ path }) => {
        for (const dataset of datasets) await writeDataset(path, runId, dataset);
      }),
    async getMetricHistory(runId, key) {
      const { path } = await findRunFolder(context, runId);
      return orderPoints(parsePoints(key, (await readValue(path, 'metrics', key)) ?? ''));
    },
    searchRuns: (search) => searchRuns(context, search),
    recordModel: (runId, mlmodel) =>
      change(runId, async ({ path }) => {
        const history = JSON.parse((await readValue(path, 'tags', modelHistoryTag)) ?? '[]') as object[];
        const value = JSON.stringify([...history, loggedModelInfo(mlmodel)]);
        await writeValue(path, 'tags', [modelHistoryTag, value]);
      }),
  };
}

async function changeRun(
  context: StoreContext,
  runId: string,
  work: (folder: RunFolder) => Promise<void>,
): Promise<void> {
  const { path } = await findRunFolder(context, runId);
  await context.locks.run(path, async () => {
    await work(await openRunFolder(context, runId));
  });
}

async function createRun(
  context: StoreContext,
  { experimentId, startTime, tags = {}, ...run }: CreateRun,
): Promise<Run> {
  const experiment = await openExperiment(context, experimentId);
  const runId = randomUUID().replaceAll('-', '');
  const path = join(experiment.path, runId);
  const runName = run.runName ?? tags[runNameTag] ?? `run-${runId.slice(0, 8)}`;
  const artifactUri = `${metaText(experiment.meta, 'artifact_location')}/${runId}/artifacts`;
  for (const name of runFolders) await mkdir(join(path, name), { recursive: true });
  for (const tag of Object.entries({ ...tags, [runNameTag]: runName })) await writeValue(path, 'tags', tag);
  // Last: a folder without it is no run.
  await writeMeta(
    path,
    newRunMeta({
      runId,
      runName,
      experimentId,
      startTime: startTime ?? context.now(),
      artifactUri,
      userId: userName(),
    }),
  );
  return readRun(await findRunFolder(context, runId));
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown'; // a user id without an entry, as in some containers
  }
}

async function updateRun({ path, meta }: RunFolder, { status, endTime, runName }: RunUpdate): Promise<void> {
  const changes: Meta = {
    ...(status !== undefined && { status: statusNumber(status) }),
    ...(endTime !== undefined && { end_time: endTime }),
    ...(runName !== undefined && { run_name: runName }),
  };
  await writeMeta(path, { ...meta, ...changes });
  if (runName !== undefined) await writeValue(path, 'tags', [runNameTag, runName]);
}

async function searchRuns(context: StoreContext, search: RunSearch): Promise<Run[]> {
  const folders = (await experimentFolders(context)).filter(({ id }) => search.experimentIds.includes(id));
  const runs = await Promise.all(folders.map(({ path }) => readActiveRuns(path)));
  return searchInMemory(runs.flat(), search);
}

async function readActiveRuns(experimentFolder: string): Promise<Run[]> {
  const entries = await readdir(experimentFolder, { withFileTypes: true });
  const runs: Run[] = [];
  for (const { name } of entries.filter((entry) => entry.isDirectory() && !notRuns.has(entry.name))) {
    const path = join(experimentFolder, name);
    const meta = await readMeta(path);
    if (meta === undefined || metaText(meta, 'run_id') !== name) continue;
    if (metaText(meta, 'lifecycle_stage') !== 'deleted') runs.push(await readRun({ path, meta }));
  }
  return runs;
}
