import type { MlflowClient } from '../api/mlflow-client.js';
import { MlflowError } from '../errors.js';
import { openLog, type RunLogOptions } from './open-run-log.js';
import type { BeginRun, ResumeRun } from './operation.js';
import type { RunLog } from './run-log.js';
import type { StoreReach } from './store-reach.js';

/** The logs of the runs that a client writes. */
export interface OpenLogs {
  begin(beginning: BeginRun): Promise<RunLog>;
  /** The log of a run, opened when there is none. */
  of(runId: string): Promise<RunLog>;
  /** From now on the log is closed as soon as the store has all of it. */
  closeWhenShipped(log: RunLog): void;
  /** The store's id of a run that was begun here; any other id as it is. */
  storeIdOf(runId: string): string;
  /**
   * Waits until the store has everything.
   *
   * @throws MlflowError MLFLOW_UNREACHABLE when it cannot be used; what it refused, once
   */
  drain(action: string): Promise<void>;
}

interface Opened {
  readonly log: RunLog;
  /** The id that was handed out first. */
  readonly firstId: string;
}

/** How the logs of a client are opened. */
interface OpenLogsOptions extends RunLogOptions {
  readonly folder: string;
  readonly reach: StoreReach;
}

/** No logs yet. */
export function createOpenLogs(client: MlflowClient, options: OpenLogsOptions): OpenLogs {
  const opened = new Set<Opened>();
  const opening = new Map<string, Promise<RunLog>>();
  const storeIds = new Map<string, string>();
  const ended = new Set<RunLog>();
  const refusals: Error[] = [];

  const note = (error: unknown): void => {
    refusals.push(error as Error);
  };
  const forget = (each: Opened): void => {
    opened.delete(each);
    ended.delete(each.log);
    storeIds.set(each.firstId, each.log.runId);
    // What was refused is told by the next call that needs the store.
    void each.log
      .drain()
      .catch(note)
      .then(() => each.log.close())
      .catch(note);
  };
  const closeIfShipped = (log: RunLog | undefined): void => {
    for (const each of opened) if (each.log === log && ended.has(log)) forget(each);
  };
  const open = async (beginning: BeginRun | ResumeRun): Promise<RunLog> => {
    let log: RunLog | undefined = undefined;
    const onIdle = (): void => {
      closeIfShipped(log);
      options.onIdle?.();
    };
    const made = await openLog(client, beginning, { ...options, onIdle });
    log = made;
    opened.add({ log: made, firstId: made.runId });
    return made;
  };
  const storeIdOf = (runId: string): string => {
    for (const { log, firstId } of opened) if (firstId === runId) return log.runId;
    return storeIds.get(runId) ?? runId;
  };

  return {
    begin: open,
    of(runId) {
      const known = [...opened].find(({ log, firstId }) => firstId === runId || log.runId === runId);
      if (known !== undefined) return Promise.resolve(known.log);
      const id = storeIdOf(runId);
      const pending = opening.get(id) ?? open({ type: 'resumeRun', runId: id }).finally(() => opening.delete(id));
      opening.set(id, pending);
      return pending;
    },
    closeWhenShipped(log) {
      ended.add(log);
    },
    storeIdOf,
    async drain(action) {
      const logs = [...opened].map(({ log }) => log);
      const results = await Promise.all(logs.map((log) => log.drain()));
      const waiting = results.filter((isShipped) => !isShipped).length;
      if (waiting > 0) throw unreachable(action, waiting, options.folder);
      const [refusal] = refusals.splice(0);
      if (refusal !== undefined) throw refusal;
    },
  };
}

function unreachable(action: string, waiting: number, folder: string): MlflowError {
  return new MlflowError(
    `Cannot ${action}: the store cannot be used, and what was logged to ${waiting} of its runs waits in "${folder}"; nothing is lost: try again when the store is back, or bring it there with \`i-drill mlflow sync --spool "${folder}"\` or syncSpool()`,
    { code: 'MLFLOW_UNREACHABLE', details: { folder, waiting } },
  );
}
