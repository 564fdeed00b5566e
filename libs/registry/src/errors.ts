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
  | 'REGISTRY_VERSION_MISSING'
  | 'REGISTRY_WRONG_KIND';

/** A refusal of the registry: what it would not do, and why. */
export class RegistryError extends AppError<RegistryErrorCode> {
  override readonly name = 'RegistryError';
}
