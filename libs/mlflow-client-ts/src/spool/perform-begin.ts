import { findSpooledRun, spoolIdTag } from './offline-ids.js';
import type { BeginRun, ResumeRun } from './operation.js';
import type { ReplayTarget } from './replay-target.js';

/** Makes the run, once: a run with the tag of this spool is taken for the one that an earlier try made. */
export async function performBegin(target: ReplayTarget, operation: BeginRun | ResumeRun): Promise<void> {
  const { client } = target;
  if (operation.type === 'resumeRun') {
    const { runId, experimentId } = await client.getRun(operation.runId);
    return target.note({ runId, experimentId });
  }
  const experimentId = await experimentOf(target, operation);
  const known = target.isUncertain ? await findSpooledRun(client, target.paths.spoolId, experimentId) : undefined;
  await target.note({ experimentId, runId: known ?? (await createRun(target, operation, experimentId)) });
}

function experimentOf({ client }: ReplayTarget, { experimentId, experimentName }: BeginRun): Promise<string> {
  return experimentId === undefined
    ? client.ensureExperiment(experimentName ?? 'Default')
    : Promise.resolve(experimentId);
}

async function createRun({ client, paths }: ReplayTarget, run: BeginRun, experimentId: string): Promise<string> {
  const { runId } = await client.createRun({
    experimentId,
    startTime: run.startTime,
    tags: { ...run.tags, [spoolIdTag]: paths.spoolId },
    ...(run.runName !== undefined && { runName: run.runName }),
  });
  return runId;
}
