import type { MlflowClient } from '../api/mlflow-client.js';
import type { Run } from '../api/runs.js';
import { assertExperimentId, assertExperimentName, assertRunId } from '../checks/names.js';
import { assertBatch, assertMilliseconds, assertRunName, assertRunTags } from '../checks/run-data.js';
import { invalidValue } from '../faults.js';
import type { BeginRun, ResumeRun } from '../spool/operation.js';
import type { ActiveRun } from './active-run.js';
import { activeRunOf, type RunHandle } from './active-run-of.js';
import { errorText } from './error-text.js';
import { environmentTags } from './environment/environment-tags.js';
import type { RunContext, RunPorts } from './run-context.js';
import type { RunStartOptions, StartRunOptions } from './run-options.js';
import { createRunWriter } from './run-writer.js';
import { assertParamsUnchanged } from './known-params.js';
import { paramTexts } from './param-text.js';
import { runWork } from './run-work.js';
import { planSampling, startSampling } from './start-sampling.js';

/** What is decided by the call that starts a run. */
export interface StartCall {
  /** Whether it is a `withRun`. */
  readonly isScoped: boolean;
  readonly parentRunId?: string;
}

const defaultExperiment = 'Default';

/** Starts or resumes a run. Everything that can be wrong with the options is refused before there is a run. */
export async function startRunWith(
  ports: RunPorts,
  client: MlflowClient,
  options: StartRunOptions,
  call: StartCall,
): Promise<RunHandle> {
  const limits = resolveLimits(options);
  const params = paramTexts(options.params ?? {});
  assertBatch({ params, tags: givenTags(options) });
  const resumed = options.runId === undefined ? undefined : await runToResume(client, options.runId, options);
  assertParamsUnchanged(new Map(Object.entries(resumed?.params ?? {})), params);
  const plan = await planSampling(client, options.systemMetrics ?? false, resumed);
  const begin = resumed === undefined ? await beginRun(ports, options, call) : resume(resumed.runId);
  const log = await ports.openRunLog(client, begin, spoolOf(options));
  const context: RunContext = { client, ports, resumed, writer: createRunWriter(log, limits) };
  const handle = activeRunOf(context, {
    ...nestedCalls(context, options),
    signal: options.signal ?? new AbortController().signal,
    isScoped: call.isScoped,
    stopSampling: startSampling(context, plan),
  });
  return logStart(context, handle, options);
}

function spoolOf({ spoolFolder }: StartRunOptions): { readonly folder?: string } {
  return spoolFolder === undefined ? {} : { folder: spoolFolder };
}

function runToResume(client: MlflowClient, runId: string, options: StartRunOptions): Promise<Run> {
  assertResume(runId, options);
  return client.getRun(runId);
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

async function beginRun(ports: RunPorts, options: StartRunOptions, call: StartCall): Promise<BeginRun> {
  const { runName, startTime = ports.now() } = options;
  assertMilliseconds('start time', startTime);
  const own = await ownTags(ports, options, call);
  const begin = { ...experimentOf(options), ...(runName !== undefined && { runName }), startTime, tags: own };
  assertRunName({ experimentId: '', ...begin });
  assertRunTags(own);
  return { type: 'beginRun', ...begin };
}

function experimentOf({
  experimentId,
  experimentName,
}: StartRunOptions): Pick<BeginRun, 'experimentId' | 'experimentName'> {
  if (experimentId !== undefined && experimentName !== undefined) {
    throw invalidValue(
      `Cannot start a run in experiment "${experimentName}" with id "${experimentId}": give the name or the id`,
    );
  }
  if (experimentId === undefined) {
    assertExperimentName(experimentName ?? defaultExperiment);
    return { experimentName: experimentName ?? defaultExperiment };
  }
  assertExperimentId(experimentId);
  return { experimentId };
}

async function ownTags(
  ports: RunPorts,
  options: StartRunOptions,
  { parentRunId }: StartCall,
): Promise<Record<string, string>> {
  const fromEnvironment = options.environmentTags === false ? {} : environmentTags(await ports.readFacts());
  return {
    ...fromEnvironment,
    ...(parentRunId !== undefined && { 'mlflow.parentRunId': parentRunId }),
    ...givenTags(options),
  };
}

function givenTags({ description, tags }: RunStartOptions): Record<string, string> {
  return { ...(description !== undefined && { 'mlflow.note.content': description }), ...tags };
}

/** What a new run has from the start, a resumed one is told now. */
async function logStart(
  { writer, resumed }: RunContext,
  handle: RunHandle,
  options: StartRunOptions,
): Promise<RunHandle> {
  const { runName, params = {} } = options;
  try {
    if (resumed !== undefined) {
      writer.append({ type: 'updateRun', update: { status: 'RUNNING', ...(runName !== undefined && { runName }) } });
      handle.run.setTags(givenTags(options));
    }
    handle.run.logParams(params);
    return handle;
  } catch (error) {
    await handle.end('FAILED', errorText(error));
    throw error;
  }
}

/** A run below another is in its experiment, ends with its signal, and tells no more of the environment than it does. */
function nestedCalls(context: RunContext, outer: StartRunOptions): Pick<ActiveRun, 'withRun' | 'startRun'> {
  const { client, ports, writer, resumed } = context;
  const start = (options: RunStartOptions, isScoped: boolean): Promise<RunHandle> => {
    const experiment = resumed === undefined ? experimentOf(outer) : { experimentId: resumed.experimentId };
    const inherited = { ...inheritedBy(outer), ...options, ...experiment };
    return startRunWith(ports, client, inherited, { isScoped, parentRunId: writer.log.runId });
  };
  return {
    withRun: async (options, work) => runWork(await start(options, true), work),
    startRun: async (options = {}) => (await start(options, false)).run,
  };
}

const inheritedKeys: ReadonlySet<string> = new Set([
  'environmentTags',
  'flushMs',
  'maxBuffered',
  'signal',
  'spoolFolder',
] satisfies (keyof StartRunOptions)[]);

function inheritedBy(outer: StartRunOptions): StartRunOptions {
  return Object.fromEntries(Object.entries(outer).filter(([key]) => inheritedKeys.has(key)));
}
