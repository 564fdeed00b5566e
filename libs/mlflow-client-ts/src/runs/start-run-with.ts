import type { MlflowClient } from '../api/mlflow-client.js';
import type { Run } from '../api/runs.js';
import { assertRunId } from '../checks/names.js';
import { assertBatch } from '../checks/run-data.js';
import { invalidValue } from '../faults.js';
import type { ResumeRun } from '../spool/operation.js';
import { activeRunOf, type RunHandle } from './active-run-of.js';
import { beginRun, givenTags, type RunBeginning } from './begin-run.js';
import { errorText } from './error-text.js';
import { nestedRuns } from './nested-runs.js';
import type { RunContext, RunPorts, SpoolOptions } from './run-context.js';
import type { RunStartOptions, StartRunOptions } from './run-options.js';
import { createRunWriter } from './run-writer.js';
import { assertParamsUnchanged } from './known-params.js';
import { paramTexts } from './param-text.js';
import { endedBy } from './run-work.js';
import { planSampling, startSampling } from './start-sampling.js';

/** What is decided by the call that starts a run. */
export interface StartCall {
  /** Whether it is a `withRun`. */
  readonly isScoped: boolean;
  readonly parentRunId?: string;
}

/** Starts or resumes a run. Everything that can be wrong with the options is refused before there is a run. */
export async function startRunWith(
  ports: RunPorts,
  client: MlflowClient,
  options: StartRunOptions,
  call: StartCall,
): Promise<RunHandle> {
  const limits = resolveLimits(options);
  const spool = resolveSpool(options);
  const params = paramTexts(options.params ?? {});
  assertBatch({ params, tags: givenTags(options) });
  const resumed = options.runId === undefined ? undefined : await runToResume(client, options.runId, options);
  assertParamsUnchanged(new Map(Object.entries(resumed?.params ?? {})), params);
  const plan = await planSampling(client, options.systemMetrics ?? false, resumed);
  const { begin, files } =
    resumed === undefined
      ? await beginRun(ports, options, call.parentRunId)
      : { begin: resume(resumed.runId), files: {} };
  const log = await ports.openRunLog(client, begin, spool);
  const context: RunContext = { client, ports, resumed, writer: createRunWriter(log, limits) };
  const handle = activeRunOf(context, {
    ...nestedRuns(context, options, (inner, innerCall) => startRunWith(ports, client, inner, innerCall)),
    signal: options.signal ?? new AbortController().signal,
    isScoped: call.isScoped,
    stopSampling: startSampling(context, plan),
  });
  return logStart(context, handle, { ...options, files });
}

const longestTimerMs = 2 ** 31 - 1;

function resolveSpool({ spoolFolder, patienceMs, onRejected }: StartRunOptions): SpoolOptions {
  if (patienceMs !== undefined && !(patienceMs >= 0 && patienceMs <= longestTimerMs)) {
    throw invalidValue(`Cannot wait ${patienceMs} ms for the store: give a time from 0 to ${longestTimerMs}`, {
      patienceMs,
    });
  }
  return {
    ...(spoolFolder !== undefined && { folder: spoolFolder }),
    ...(patienceMs !== undefined && { patienceMs }),
    ...(onRejected !== undefined && { onRejected }),
  };
}

async function runToResume(client: MlflowClient, runId: string, options: StartRunOptions): Promise<Run> {
  assertResume(runId, options);
  const run = await client.getRun(runId);
  if (run.lifecycleStage === 'active') return run;
  throw invalidValue(`Cannot resume run "${runId}": it is deleted; restore it`, { runId });
}

function resolveLimits({ maxBuffered = 1000, flushMs = 1000 }: RunStartOptions): {
  maxBuffered: number;
  flushMs: number;
} {
  if (Number.isSafeInteger(maxBuffered) && maxBuffered >= 1 && flushMs >= 0) return { maxBuffered, flushMs };
  throw invalidValue(
    `Cannot buffer ${maxBuffered} items for ${flushMs} ms: give a whole number of items from 1 and a time from 0`,
  );
}

function assertResume(runId: string, { experimentId, experimentName, startTime }: StartRunOptions): void {
  assertRunId(runId);
  if ((experimentId ?? experimentName ?? startTime) === undefined) return;
  throw invalidValue(
    `Cannot resume run "${runId}" with an experiment or a start time: it has both already; leave them out`,
    { runId },
  );
}

function resume(runId: string): ResumeRun {
  return { type: 'resumeRun', runId };
}

/** What a new run has from the start, a resumed one is told now. */
async function logStart(
  { writer, resumed }: RunContext,
  { run, end }: RunHandle,
  options: StartRunOptions & Pick<RunBeginning, 'files'>,
): Promise<RunHandle> {
  const { runName, params = {}, files } = options;
  try {
    if (resumed !== undefined) {
      writer.append({ type: 'updateRun', update: { status: 'RUNNING', ...(runName !== undefined && { runName }) } });
      run.setTags(givenTags(options));
    }
    run.logParams(params);
    for (const [path, text] of Object.entries(files)) run.logText(path, text);
    return { run, end };
  } catch (error) {
    throw await endedBy(error, () => end('FAILED', errorText(error)));
  }
}
