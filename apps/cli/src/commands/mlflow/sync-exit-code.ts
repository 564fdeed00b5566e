import type { SyncReport } from 'mlflow-client-ts';
import { exitCodes, type ExitCode } from '../../exit-code.js';

/** 3 when a server, its credentials or a file kept something from being sent; 1 when something was refused, or is for others to send. */
export function syncExitCode({ runs }: Pick<SyncReport, 'runs'>): ExitCode {
  if (runs.some(({ error }) => error !== undefined)) return exitCodes.otherSystem;
  const isComplete = runs.every(({ status, rejected }) => status === 'complete' && rejected.length === 0);
  return isComplete ? exitCodes.done : exitCodes.answerIsNo;
}
