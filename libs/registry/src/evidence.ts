import type { FeatureSpec, ModelSignature, Preprocessing } from '@i-drill/core';

/** What a version of any kind must carry to be registered at all. */
interface AnyEvidence {
  readonly modelType: string;
  /** SHA-256 of `model.onnx`, 64 hexadecimal digits. */
  readonly digest: string;
  readonly signature: ModelSignature;
  /** Validation metrics of the version, finite numbers. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Fingerprint of the data it was trained on. */
  readonly dataFingerprint: string;
}

/** What a version of a sequence model must carry. */
export interface VersionEvidence extends AnyEvidence {
  readonly preprocessing: Preprocessing;
}

/** What a version of an agent must carry. */
export interface AgentEvidence extends AnyEvidence {
  readonly policy: AgentRecord;
}

/** What is known of an agent without opening its file. */
export interface AgentRecord {
  /** Id of the environment it was trained in, `Drilling-v1`. */
  readonly environment: string;
  readonly observation: readonly FeatureSpec[];
  /** Names and units of set-points; of choices, the names. */
  readonly action: readonly FeatureSpec[];
}
