import type { ActiveRun } from './active-run.js';
import type { RunHandle } from './active-run-of.js';
import { errorText } from './error-text.js';
import { withFailedEnding } from './failed-ending.js';

/** Does the work of a run and ends the run as the work ended. */
export async function runWork<T>({ run, end }: RunHandle, work: (run: ActiveRun) => Promise<T> | T): Promise<T> {
  let result: T;
  try {
    result = await work(run);
  } catch (error) {
    throw await endedBy(error, () => end(run.signal.aborted ? 'KILLED' : 'FAILED', errorText(error)));
  }
  if (run.signal.aborted) await end('KILLED', errorText(run.signal.reason));
  else await end('FINISHED');
  return result;
}

/** The error that ends a run, once the run is ended. */
export async function endedBy(error: unknown, end: () => Promise<void>): Promise<unknown> {
  try {
    await end();
    return error;
  } catch (ending) {
    return withFailedEnding(error, ending);
  }
}
