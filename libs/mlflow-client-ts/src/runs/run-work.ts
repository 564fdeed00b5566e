import type { ActiveRun } from './active-run.js';
import type { RunHandle } from './active-run-of.js';
import { errorText } from './error-text.js';

/** Does the work of a run and ends the run as the work ended. */
export async function runWork<T>({ run, end }: RunHandle, work: (run: ActiveRun) => Promise<T> | T): Promise<T> {
  let result: T;
  try {
    result = await work(run);
  } catch (error) {
    const ended = end(run.signal.aborted ? 'KILLED' : 'FAILED', errorText(error));
    // The error of the work is the one to tell. What the store refused is kept beside the journal.
    await ended.catch(() => undefined);
    throw error;
  }
  if (run.signal.aborted) await end('KILLED', errorText(run.signal.reason));
  else await end('FINISHED');
  return result;
}
