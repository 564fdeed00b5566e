import type { ActiveRun } from './active-run.js';
import type { RunHandle } from './active-run-of.js';
import { experimentOf } from './begin-run.js';
import type { RunContext } from './run-context.js';
import type { RunStartOptions, StartRunOptions } from './run-options.js';
import { runWork } from './run-work.js';
import type { StartCall } from './start-run-with.js';

/** Starts a run as part of another one. */
export type StartRunBelow = (options: StartRunOptions, call: StartCall) => Promise<RunHandle>;

/** A run below another is in its experiment, ends with its signal, and tells no more of the environment than it does. */
export function nestedRuns(
  { ports, writer, resumed }: RunContext,
  outer: StartRunOptions,
  startRunBelow: StartRunBelow,
): Pick<ActiveRun, 'withRun' | 'startRun'> {
  const experiment = resumed === undefined ? experimentOf(outer, ports.env) : { experimentId: resumed.experimentId };
  const start = (options: RunStartOptions, isScoped: boolean): Promise<RunHandle> => {
    const inherited = { ...inheritedBy(outer), ...options, ...experiment };
    return startRunBelow(inherited, { isScoped, parentRunId: writer.log.runId });
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
  'onRejected',
  'patienceMs',
  'signal',
  'spoolFolder',
] satisfies (keyof StartRunOptions)[]);

function inheritedBy(outer: StartRunOptions): StartRunOptions {
  return Object.fromEntries(Object.entries(outer).filter(([key]) => inheritedKeys.has(key)));
}
