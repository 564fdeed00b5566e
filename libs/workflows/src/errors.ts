import { AppError } from '@i-drill/core';

/** What can stop a step of the loop. */
export type WorkflowErrorCode =
  /** The ONNX file and the trained network disagree by more than the tolerance. */
  | 'WORKFLOW_EXPORT_DIFFERS'
  /** Training was interrupted; what there was is saved in the run, no version was registered. */
  | 'WORKFLOW_INTERRUPTED'
  /** The file in the store is not the one that was registered. */
  | 'WORKFLOW_DIGEST_MISMATCH'
  /** An artifact of the version is missing or cannot be read. */
  | 'WORKFLOW_ARTIFACT_UNREADABLE'
  /** The data at hand are not those the version was trained and is to be judged on. */
  | 'WORKFLOW_DATA_CHANGED'
  /** The version is not in a stage from which it may be deployed, or its last verdict is not `passed`. */
  | 'WORKFLOW_NOT_DEPLOYABLE'
  /** The version serves, and the registry could not be told that it is the one in Production. */
  | 'WORKFLOW_PROMOTION_NOT_RECORDED';

/** A step of the loop could not be carried out. */
export class WorkflowError extends AppError<WorkflowErrorCode> {
  override readonly name = 'WorkflowError';
}
