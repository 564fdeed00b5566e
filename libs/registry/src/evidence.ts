import type { ModelSignature, Preprocessing } from '@i-drill/core';

/** What a version must carry to be registered at all. */
export interface VersionEvidence {
  readonly modelType: string;
  /** SHA-256 of `model.onnx`, 64 hexadecimal digits. */
  readonly digest: string;
  readonly signature: ModelSignature;
  readonly preprocessing: Preprocessing;
  /** Validation metrics of the version, finite numbers. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Fingerprint of the data it was trained on. */
  readonly dataFingerprint: string;
}
