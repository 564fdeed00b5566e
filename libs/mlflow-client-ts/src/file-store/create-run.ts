import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { CreateRun, Run } from '../api/runs.js';
import { userName } from '../processes/user-name.js';
import { uriBelow } from './artifact-uri.js';
import { artifactLocationOf, openExperiment } from './experiment-folder.js';
import { runFolders } from './layout.js';
import { makeInExperiment } from './make-in-experiment.js';
import { writeMeta } from './meta.js';
import { readRunInfo } from './read-run.js';
import { newRunMeta } from './run-meta.js';
import type { StoreContext } from './store-context.js';
import { writeValues } from './value-files.js';

const runNameTag = 'mlflow.runName';
const userTag = 'mlflow.user';

/** Makes a run. Nobody knows its folder before its description, which comes last, so that no lock is needed. */
export async function createRun(
  context: StoreContext,
  { experimentId, startTime = context.now(), ...run }: CreateRun,
): Promise<Run> {
  const { files, homes } = context;
  const experiment = openExperiment(context, experimentId);
  const runId = randomUUID().replaceAll('-', '');
  const path = join(experiment.path, runId);
  const runName = run.runName ?? run.tags?.[runNameTag] ?? `run-${runId.slice(0, 8)}`;
  const tags: Readonly<Record<string, string>> = { ...run.tags, [runNameTag]: runName };
  const artifactUri = uriBelow(artifactLocationOf(experiment), runId, 'artifacts');
  const userId = tags[userTag] ?? userName() ?? 'unknown'; // as Python's client fills it
  const meta = newRunMeta({ runId, runName, experimentId, startTime, artifactUri, userId });

  await makeInExperiment(context, experiment, path, async () => {
    for (const name of runFolders) await files.makeFolder(join(path, name));
    await writeValues(files, path, 'tags', Object.entries(tags));
    await writeMeta(files, path, meta);
  });
  await files.settled();

  homes.set(runId, experiment.path);
  const info = readRunInfo({ path, experimentPath: experiment.path, meta });
  return { ...info, metrics: {}, params: {}, tags, inputs: [], modelInputs: [], modelOutputs: [] };
}
