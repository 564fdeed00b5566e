import { AppError } from '@i-drill/core';

/** The stable codes of this library; `README.md` says what to do about each. */
export type TargetErrorCode =
  | 'TARGET_BUSY'
  | 'TARGET_CANDIDATE_EXITED'
  | 'TARGET_ROUTER_EXITED'
  | 'TARGET_START_TIMEOUT'
  | 'TARGET_SPAWN_FAILED'
  | 'TARGET_ROUTER_UNREACHABLE'
  | 'TARGET_STATE_UNREADABLE'
  | 'TARGET_WRONG_MODEL'
  | 'TARGET_NO_CANDIDATE'
  | 'TARGET_NO_STABLE'
  | 'TARGET_NO_PREVIOUS';

/** A process did not start, a router did not answer, or the service is not in a state for what was asked. */
export class TargetError extends AppError<TargetErrorCode> {
  override readonly name = 'TargetError';
}
