import { RegistryError } from './errors.js';
import type { ModelVersion } from './model-version.js';

/** Tag keys of the registry's own records on a version. */
export const tagKeys = {
  modelType: 'i_drill.model_type',
  digest: 'i_drill.digest',
  signature: 'i_drill.signature',
  preprocessing: 'i_drill.preprocessing',
  policy: 'i_drill.policy',
  metrics: 'i_drill.metrics',
  dataFingerprint: 'i_drill.data_fingerprint',
  verdict: 'i_drill.verdict',
  /** Followed by the number of the promotion. */
  promotionPrefix: 'i_drill.promotion.',
} as const;

/** MLflow keeps at most this many characters in a tag of a version. */
export const longestTagValue = 100_000;

/**
 * The JSON in a tag; `undefined` where the tag is not set.
 *
 * @throws RegistryError `REGISTRY_TAG_UNREADABLE` when the tag holds something else
 */
export function readJsonTag(version: ModelVersion, key: string): unknown {
  const text = version.tags[key];
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw unreadableTag(version, key, cause);
  }
}

/** The error for a tag that something else than this library wrote. */
export function unreadableTag(version: ModelVersion, key: string, cause?: unknown): RegistryError {
  return new RegistryError(
    `Cannot read version ${version.version} of "${version.name}": its tag "${key}" is not a record of this registry; restore or remove the tag`,
    { code: 'REGISTRY_TAG_UNREADABLE', details: { name: version.name, version: version.version, key }, cause },
  );
}

/** Whether a parsed value is an object with fields. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
