import { AppError } from '@i-drill/core';

/** Stable codes of this library; see the README for each. */
export type RegistryErrorCode =
  | 'REGISTRY_EVIDENCE_MISSING'
  | 'REGISTRY_EVIDENCE_TOO_LONG'
  | 'REGISTRY_INVALID_URI'
  | 'REGISTRY_NOT_STAGED'
  | 'REGISTRY_NOT_VALIDATED'
  | 'REGISTRY_TAG_UNREADABLE'
  | 'REGISTRY_VERSION_AMBIGUOUS'
  | 'REGISTRY_VERSION_MISSING';

/** The code and context a refusal of the registry carries. */
export interface RegistryErrorOptions {
  readonly code: RegistryErrorCode;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A refusal of the registry: what it would not do, and why. */
export class RegistryError extends AppError {
  override readonly name = 'RegistryError';
  override readonly code: RegistryErrorCode;

  constructor(message: string, options: RegistryErrorOptions) {
    super(message, options);
    this.code = options.code;
  }
}
