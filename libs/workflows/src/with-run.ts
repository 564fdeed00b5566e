import { isAppError } from '@i-drill/core';
import type { LoopPorts, RunEnd } from './ports.js';
import { WorkflowError } from './errors.js';

/** A run that has been opened in the tracking store. */
export interface OpenRun {
  readonly runId: string;
  readonly artifactUri: string;
}

/** What a run is opened with. */
export interface RunOptions {
  readonly experiment: string;
  readonly runName: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Opens a run, does the work and closes the run: FINISHED, KILLED when it was interrupted, FAILED with the error's code
 * and message as tags otherwise. The error of the work is passed on, even where closing the run fails too.
 */
export async function withRun<T>(
  ports: LoopPorts,
  options: RunOptions,
  work: (run: OpenRun) => Promise<T>,
): Promise<T> {
  const { store, clock } = ports;
  const experimentId = await store.ensureExperiment(options.experiment);
  const run = await store.createRun({
    experimentId,
    runName: options.runName,
    startTime: clock.now(),
    tags: options.tags,
  });
  let result: T;
  try {
    result = await work(run);
  } catch (error) {
    await closeFailed(ports, run.runId, error);
    throw error;
  }
  await store.updateRun(run.runId, { status: 'FINISHED', endTime: clock.now() });
  return result;
}

async function closeFailed(ports: LoopPorts, runId: string, error: unknown): Promise<void> {
  const status: RunEnd = error instanceof WorkflowError && error.code === 'WORKFLOW_INTERRUPTED' ? 'KILLED' : 'FAILED';
  const tags = {
    'i_drill.error_code': isAppError(error) ? error.code : 'UNEXPECTED',
    'i_drill.error': (error instanceof Error ? error.message : String(error)).slice(0, 1000),
  };
  // One after the other, each on its own: a reason that cannot be written must not leave the run open.
  await attempt(ports, `tag run ${runId}`, () => ports.store.logBatch(runId, { tags }));
  await attempt(ports, `mark run ${runId} as ${status}`, () =>
    ports.store.updateRun(runId, { status, endTime: ports.clock.now() }),
  );
}

async function attempt({ logger }: LoopPorts, action: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (closing) {
    logger.error(`Cannot ${action}: the tracking store refused`, { closing });
  }
}
