import type { MlflowClient } from '../api/mlflow-client.js';
import { MlflowError } from '../errors.js';
import { readGroup, type OperationGroup } from './operation-group.js';
import { resolveAmong } from './offline-ids.js';
import type { RunOperation } from './operation.js';
import { performBatch } from './perform-batch.js';
import { performBegin } from './perform-begin.js';
import { performOperation } from './perform-operation.js';
import { assertRunIsOpen, isRefusal, isServerFault, writeRejected, type RejectedOperation } from './refusals.js';
import type { ReplayTarget } from './replay-target.js';
import type { OperationResult } from './run-log.js';
import type { SpoolPaths } from './spool-folder.js';
import { onSpoolDisk } from './spool-disk.js';
import { writeState, type SpoolState } from './state.js';

const faultsUntilRefusal = 5;

/** What became of the next operations of a journal. */
export interface ReplayStep {
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Of an operation that was performed by itself. */
  readonly result: OperationResult;
  readonly rejected: readonly RejectedOperation[];
}

/** One journal on its way to the store. */
export interface Replay {
  readonly state: SpoolState;
  /**
   * Brings the next operations to the store; `undefined` when it has all. After a failure the same ones are next, and what of them the store
   * has already is looked up. The signal breaks it off, which is such a failure.
   */
  step(signal?: AbortSignal): Promise<ReplayStep | undefined>;
}

/** Which journal to ship, and where. */
export interface ReplayOptions {
  readonly client: MlflowClient;
  /** Folder of all spools. */
  readonly root: string;
  readonly paths: SpoolPaths;
  readonly state: SpoolState;
  /** Whether nothing of the journal can have been sent yet. */
  readonly isNew: boolean;
}

type Store = Pick<ReplayTarget, 'client' | 'once' | 'resolve'>;

interface Done {
  readonly result: OperationResult;
  readonly rejected: readonly RejectedOperation[];
}

/** The replay of a journal, by one process at a time. */
export function createReplay({ client, root, paths, isNew, ...options }: ReplayOptions): Replay {
  const knownRuns = new Map<string, string>();
  let { state } = options;
  let isUncertain = !isNew;
  let faults = 0;

  const note = async (change: Partial<SpoolState>): Promise<void> => {
    const changed = { ...state, ...change };
    await onSpoolDisk(paths.folder, () => writeState(paths.state, changed));
    state = changed;
  };

  const perform = async (store: Store, { operation, firstSeq: seq }: OperationGroup): Promise<Done> => {
    const refuses = (error: unknown): error is MlflowError =>
      isRefusal(error) || (isServerFault(error) && faults >= faultsUntilRefusal);
    const target = { ...store, paths, state, seq, isUncertain, refuses, note };
    try {
      const done = await performAny(target, operation);
      faults = 0;
      return done;
    } catch (error) {
      faults = isServerFault(error) ? faults + 1 : 0;
      if (!refuses(error)) throw error;
      return { result: {}, rejected: [await refuse(target, operation, error)] };
    }
  };

  return {
    get state() {
      return state;
    },
    async step(signal) {
      const limited = signal === undefined ? client : client.with({ signal });
      const resolve = resolveAmong(limited, root, knownRuns);
      const group = await readGroup(paths.journal, { seq: state.done, offset: state.offset }, resolve);
      if (group === undefined) return undefined;
      try {
        const { result, rejected } = await perform(
          { client: limited, once: limited.with({ maxAttempts: 1 }), resolve },
          group,
        );
        await onSpoolDisk(paths.folder, () => writeRejected(paths.rejected, rejected));
        const { seq: done, offset } = group.end;
        await note({ done, offset, rejected: state.rejected + rejected.length });
        isUncertain = false;
        return { firstSeq: group.firstSeq, lastSeq: done, result, rejected };
      } catch (error) {
        isUncertain = true;
        throw error;
      }
    },
  };
}

async function performAny(target: ReplayTarget, operation: RunOperation): Promise<Done> {
  if (operation.type === 'beginRun' || operation.type === 'resumeRun') {
    await performBegin(target, operation);
    return { result: {}, rejected: [] };
  }
  const { runId } = target.state;
  if (runId === undefined) throw new Error(`Cannot replay "${target.paths.journal}": it does not begin with its run`);
  if (operation.type !== 'logBatch') {
    return { result: await performOperation({ ...target, runId }, operation), rejected: [] };
  }
  const refused = await performBatch({ ...target, runId }, operation.batch);
  const rejected = refused.map(({ batch, error }) => toRejected(target.seq, { type: 'logBatch', batch }, error));
  return { result: {}, rejected };
}

/** A run that cannot be begun is no refusal of one operation: nothing of its journal can be shipped. */
async function refuse(target: ReplayTarget, operation: RunOperation, error: MlflowError): Promise<RejectedOperation> {
  const { runId } = target.state;
  if (runId === undefined) throw error;
  await assertRunIsOpen(target.client, runId, error);
  return toRejected(target.seq, operation, error);
}

function toRejected(seq: number, operation: RunOperation, { code, message }: MlflowError): RejectedOperation {
  return { seq, code, reason: message, operation };
}
