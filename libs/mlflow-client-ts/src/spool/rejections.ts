import { MlflowError } from '../errors.js';
import type { RejectedOperation } from './refusals.js';

/** What the store refused and nobody has been told of yet. */
export interface Rejections {
  add(rejected: RejectedOperation): void;
  /** The error for one of them, which is told of hereby. */
  take(rejected: RejectedOperation): MlflowError;
  /** Throws when there are any; they are told of hereby. */
  throwAny(runId: string): void;
}

/** None yet. Only the first is kept in memory: all are in the file. */
export function createRejections(file: string, onRejected?: (rejected: RejectedOperation) => void): Rejections {
  let first: RejectedOperation | undefined;
  let count = 0;
  const forget = (): void => {
    first = undefined;
    count = 0;
  };
  return {
    add(rejected) {
      first ??= rejected;
      count += 1;
      onRejected?.(rejected);
    },
    take(rejected) {
      count -= 1;
      if (count <= 0) forget();
      return new MlflowError(rejected.reason, { code: rejected.code, details: { file, seq: rejected.seq } });
    },
    throwAny(runId) {
      if (first === undefined) return;
      const { code, reason, seq } = first;
      const others = count > 1 ? ` (and ${count - 1} more)` : '';
      forget();
      throw new MlflowError(
        `Cannot log everything to run "${runId}": the store refused operation ${seq}${others}: ${reason}; what it refused is in "${file}"`,
        { code, details: { runId, file, seq } },
      );
    },
  };
}
