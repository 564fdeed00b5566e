import { assertRunUpdate } from '../checks/run-data.js';
import { invalidValue } from '../faults.js';
import type { ActiveRun } from './active-run.js';
import { errorTag } from './error-text.js';
import { keepAtExit } from './exit-hooks.js';
import type { RunContext } from './run-context.js';
import { runDataMethods } from './run-data-methods.js';
import { runFileMethods } from './run-file-methods.js';
import { runModelMethods } from './run-model-methods.js';
import type { FinalStatus } from './run-options.js';

/** A run, and how it is ended with a reason. */
export interface RunHandle {
  readonly run: ActiveRun;
  readonly end: (status: FinalStatus, reason?: string) => Promise<void>;
}

/** What a run has beside its context. */
export interface RunParts extends Pick<ActiveRun, 'signal' | 'withRun' | 'startRun'> {
  readonly isScoped: boolean;
  /** Ends what samples in the background. */
  readonly stopSampling: () => void;
}

/** Puts an active run together, and keeps it safe until it is ended. */
export function activeRunOf(context: RunContext, { isScoped, stopSampling, ...parts }: RunParts): RunHandle {
  const { writer } = context;
  const life = runLife(context, stopSampling);
  const forget = keepAtExit({
    isScoped,
    mark: life.mark,
    end: (status, reason) => end(status, reason),
    flushSync: () => {
      writer.flushSync();
    },
    drain: () => writer.drain(),
  });
  const end: RunHandle['end'] = async (status, reason) => {
    await life.end(status, reason).finally(forget);
  };
  const run: ActiveRun = {
    ...parts,
    ...runDataMethods(context),
    ...runFileMethods(context),
    ...runModelMethods(context),
    get runId() {
      return writer.log.runId;
    },
    flush: () => writer.flush(),
    drain: () => writer.drain(),
    end: (status = 'FINISHED') => end(status),
    [Symbol.asyncDispose]: () => end('FINISHED'),
  };
  return { run, end };
}

function runLife({ writer, ports }: RunContext, stopSampling: () => void): Pick<RunHandle, 'end'> & { mark: Mark } {
  let ending: Promise<void> | undefined;
  const mark: Mark = (status, reason) => {
    if (ending !== undefined) return;
    if (reason !== undefined) writer.add({ tags: { [errorTag]: reason } });
    writer.append({ type: 'updateRun', update: { status, endTime: ports.now() } });
  };
  const finish = async (status: FinalStatus, reason: string | undefined): Promise<void> => {
    try {
      stopSampling();
      mark(status, reason);
      writer.seal();
      await writer.flush();
      await writer.drain();
    } finally {
      await writer.close();
    }
  };
  return {
    mark,
    async end(status, reason) {
      assertFinal(status);
      ending ??= finish(status, reason);
      await ending;
    },
  };
}

type Mark = (status: FinalStatus, reason: string | undefined) => void;

function assertFinal(status: FinalStatus): void {
  assertRunUpdate({ status });
  if (['FINISHED', 'FAILED', 'KILLED'].includes(status)) return;
  throw invalidValue(`Cannot end the run as ${status}: a run ends as FINISHED, FAILED or KILLED`);
}
