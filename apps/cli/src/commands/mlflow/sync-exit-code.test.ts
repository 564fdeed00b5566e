import { MlflowError, type RejectedOperation, type SyncedRun } from 'mlflow-client-ts';
import { describe, expect, it } from 'vitest';
import { syncExitCode } from './sync-exit-code.js';

const complete: SyncedRun = { status: 'complete', folder: 'a', shipped: 1, rejected: [], remaining: 0 };
const refused: RejectedOperation = { seq: 1, code: 'c', reason: 'r', operation: { type: 'deleteTag', key: 'k' } };

describe('syncExitCode()', () => {
  it('is 0 when nothing waits, and when all has been sent', () => {
    expect(syncExitCode({ runs: [] })).toBe(0);
    expect(syncExitCode({ runs: [complete, complete] })).toBe(0);
  });

  it('is 1 when something was refused, or is for others to send', () => {
    expect(syncExitCode({ runs: [complete, { ...complete, rejected: [refused] }] })).toBe(1);
    expect(syncExitCode({ runs: [{ ...complete, status: 'live' }] })).toBe(1);
    expect(syncExitCode({ runs: [{ ...complete, status: 'otherStore' }] })).toBe(1);
  });

  it.each(['MLFLOW_UNREACHABLE', 'UNAUTHENTICATED', 'MLFLOW_BAD_RESPONSE', 'RESOURCE_DOES_NOT_EXIST'])(
    'is 3 when a run waits because of %s',
    (code) => {
      const waiting: SyncedRun = { ...complete, status: 'waiting', error: new MlflowError('Cannot send it', { code }) };
      expect(syncExitCode({ runs: [complete, waiting] })).toBe(3);
    },
  );
});
