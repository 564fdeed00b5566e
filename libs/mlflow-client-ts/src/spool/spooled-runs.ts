import type { CreateRun, Run, RunMethods } from '../api/runs.js';
import { isUnavailable } from '../error-guards.js';
import { userName } from '../processes/user-name.js';
import type { BeginRun, RunOperation } from './operation.js';
import type { RunLog } from './run-log.js';
import type { SpoolContext } from './spooled-client.js';

type Spooled = Omit<RunMethods, 'getRun' | 'deleteRun' | 'restoreRun' | 'searchRuns' | 'searchDatasets'>;

const finalStatuses: ReadonlySet<string | undefined> = new Set(['FINISHED', 'FAILED', 'KILLED']);

/** What is logged to runs: it goes to the journal. */
export function spooledRuns(context: SpoolContext): Spooled {
  const { logs } = context;
  const log = async (runId: string, operation: RunOperation): Promise<void> => {
    await journal(await logs.of(runId), operation);
  };
  return {
    createRun: (run) => createRun(context, run),
    async updateRun(runId, update) {
      const runLog = await logs.of(runId);
      if (finalStatuses.has(update.status)) logs.closeWhenShipped(runLog);
      await journal(runLog, { type: 'updateRun', update });
    },
    logBatch: (runId, batch) => log(runId, { type: 'logBatch', batch }),
    logMetric: (runId, metric) => log(runId, { type: 'logBatch', batch: { metrics: [metric] } }),
    logParam: (runId, key, value) => log(runId, { type: 'logBatch', batch: { params: { [key]: value } } }),
    setTag: (runId, key, value) => log(runId, { type: 'logBatch', batch: { tags: { [key]: value } } }),
    deleteTag: (runId, key) => log(runId, { type: 'deleteTag', key }),
    logInputs: (runId, datasets, modelIds) =>
      log(runId, { type: 'logInputs', datasets, ...(modelIds !== undefined && { modelIds }) }),
    logOutputs: (runId, models) => log(runId, { type: 'logOutputs', models }),
    recordModel: (runId, mlmodel) => log(runId, { type: 'recordModel', mlmodel }),
  };
}

/** Adds to the journal of a run; on the disk when it returns. */
export async function journal(log: RunLog, operation: RunOperation): Promise<void> {
  log.append(operation);
  await log.flush();
}

async function createRun({ client, logs, experiments }: SpoolContext, run: CreateRun): Promise<Run> {
  const { experimentId, runName, startTime = Date.now(), tags = {} } = run;
  const experimentName = experiments.nameOf(experimentId);
  const beginning: BeginRun = {
    type: 'beginRun',
    startTime,
    tags,
    ...(experimentName === undefined ? { experimentId } : { experimentName }),
    ...(runName !== undefined && { runName }),
  };
  const { runId } = await logs.begin(beginning);
  const offline = offlineRun({ ...run, startTime, tags }, runId);
  if (runId.startsWith('offline-')) return offline;
  try {
    return await client.getRun(runId);
  } catch (error) {
    if (isUnavailable(error)) return offline;
    throw error;
  }
}

/** The run as far as it is known here. */
function offlineRun(
  { experimentId, runName, startTime, tags }: Required<Omit<CreateRun, 'runName'>> & CreateRun,
  runId: string,
): Run {
  return {
    runId,
    runName: runName ?? tags['mlflow.runName'] ?? '',
    experimentId,
    userId: userName() ?? '',
    status: 'RUNNING',
    startTime,
    artifactUri: `runs:/${runId}`, // as far as it is known; good for the source of a version
    lifecycleStage: 'active',
    metrics: {},
    params: {},
    tags,
    inputs: [],
    modelInputs: [],
    modelOutputs: [],
  };
}
