import { AppError } from '@i-drill/core';

/** The stable codes of this app; `README.md` says what to do about each. */
export type ModelServerErrorCode = 'MODEL_SERVER_INVALID_OPTION' | 'MODEL_SERVER_CACHE_UNWRITABLE';

/** The program was called wrongly, or cannot keep what it downloads. */
export class ModelServerError extends AppError<ModelServerErrorCode> {
  override readonly name = 'ModelServerError';
}

/** An option whose value cannot be used. */
export function invalidOption(option: string, value: string, expected: string): ModelServerError {
  return new ModelServerError(`Cannot use ${option} "${value}": expected ${expected}`, {
    code: 'MODEL_SERVER_INVALID_OPTION',
    details: { option, value },
  });
}
