import type { ModelSignature } from '@i-drill/core';
import { RegistryError } from './errors.js';
import type { AgentEvidence, VersionEvidence } from './evidence.js';
import { missingPreprocessing } from './missing-preprocessing.js';
import type { ModelVersion } from './model-version.js';
import { isRecord, longestTagValue, readJsonTag, tagKeys, unreadableTag } from './tags.js';

/**
 * What is missing of a version's evidence, in words. A metric that is not a finite number counts as missing, and so do
 * a digest that is not a SHA-256 and a scaler that does not fit the features.
 *
 * @example
 * ```ts
 * import { missingEvidence } from '@i-drill/registry';
 * const missing = missingEvidence({ modelType: 'lstm', metrics: { rmse: NaN }, dataFingerprint: 'ab' });
 * missing; // => ['digest (SHA-256 of model.onnx)', 'signature', 'preprocessing', 'metric "rmse" (NaN)']
 * ```
 */
export function missingEvidence(evidence: Partial<VersionEvidence> | Partial<AgentEvidence>): string[] {
  const missing: string[] = [];
  if (!evidence.modelType) missing.push('modelType');
  if (!/^[0-9a-f]{64}$/.test(evidence.digest ?? '')) missing.push('digest (SHA-256 of model.onnx)');
  if (!hasTensors(evidence)) missing.push('signature');
  if ('policy' in evidence) missing.push(...missingPolicy(evidence.policy));
  else missing.push(...missingPreprocessing((evidence as Partial<VersionEvidence>).preprocessing));
  missing.push(...missingMetrics(evidence.metrics ?? {}));
  if (!evidence.dataFingerprint) missing.push('dataFingerprint');
  return missing;
}

/** What the record of an agent lacks, in words. Takes whatever a tag held. */
function missingPolicy(policy: unknown): string[] {
  if (!isRecord(policy)) return ['policy'];
  const { environment, observation, action } = policy;
  const missing: string[] = [];
  if (typeof environment !== 'string' || environment === '') missing.push('policy.environment');
  if (!Array.isArray(observation) || observation.length === 0) missing.push('policy.observation (one or more)');
  if (!Array.isArray(action) || action.length === 0) missing.push('policy.action (one or more)');
  return missing;
}

function hasTensors({ signature }: { readonly signature?: ModelSignature }): boolean {
  return signature !== undefined && signature.inputs.length > 0 && signature.outputs.length > 0;
}

function missingMetrics(metrics: Readonly<Record<string, number>>): string[] {
  const entries = Object.entries(metrics);
  if (entries.length === 0) return ['metrics'];
  return entries.filter(([, value]) => !Number.isFinite(value)).map(([key, value]) => `metric "${key}" (${value})`);
}

/** The evidence, checked to be whole, as tags of a version. */
export function evidenceTags(
  name: string,
  evidence: Partial<VersionEvidence> | Partial<AgentEvidence>,
): Record<string, string> {
  const missing = missingEvidence(evidence);
  if (missing.length > 0) throw evidenceMissing(`register a version of "${name}"`, missing);

  const tags: Record<string, string> = {
    [tagKeys.modelType]: evidence.modelType ?? '',
    [tagKeys.digest]: evidence.digest ?? '',
    [tagKeys.signature]: JSON.stringify(evidence.signature),
    ...describingTag(evidence),
    [tagKeys.metrics]: JSON.stringify(evidence.metrics),
    [tagKeys.dataFingerprint]: evidence.dataFingerprint ?? '',
  };
  refuseLongTags(name, tags);
  return tags;
}

function describingTag(evidence: Partial<VersionEvidence> | Partial<AgentEvidence>): Record<string, string> {
  if ('policy' in evidence) return { [tagKeys.policy]: JSON.stringify(evidence.policy) };
  return { [tagKeys.preprocessing]: JSON.stringify((evidence as Partial<VersionEvidence>).preprocessing) };
}

function refuseLongTags(name: string, tags: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(tags)) {
    if (value.length <= longestTagValue) continue;
    throw new RegistryError(
      `Cannot register a version of "${name}": its "${key}" has ${value.length} characters, a tag holds ${longestTagValue}; make the record smaller`,
      { code: 'REGISTRY_EVIDENCE_TOO_LONG', details: { name, key, length: value.length } },
    );
  }
}

/**
 * The evidence a version was registered with.
 *
 * @throws RegistryError `REGISTRY_WRONG_KIND` for an agent, `REGISTRY_EVIDENCE_MISSING` when tags are absent (the version was registered by other means),
 * `REGISTRY_TAG_UNREADABLE` when one does not hold what this library wrote
 *
 * @example
 * ```ts
 * import { readEvidence, registerVersion } from '@i-drill/registry';
 * import { exampleEvidence, InMemoryVersionStore } from '@i-drill/registry/testing';
 * const registration = { name: 'bit-life', runId: 'r1', source: 'runs:/r1/model', evidence: exampleEvidence() };
 * const version = await registerVersion(new InMemoryVersionStore(), registration);
 * readEvidence(version).modelType; // => 'lstm'
 * ```
 */
export function readEvidence(version: ModelVersion): VersionEvidence {
  if (isAgentVersion(version)) throw wrongKind(version, 'an agent, not a sequence model');
  return whole(version, { ...commonEvidence(version), preprocessing: recordIn(version, tagKeys.preprocessing) }) as VersionEvidence; // prettier-ignore
}

/** Whether a version is an agent: those are trained, judged and run otherwise than sequence models. */
export function isAgentVersion(version: ModelVersion): boolean {
  return version.tags[tagKeys.policy] !== undefined;
}

/**
 * The evidence an agent was registered with.
 *
 * @throws RegistryError `REGISTRY_WRONG_KIND` for another kind of model, else as {@link readEvidence}
 */
export function readAgentEvidence(version: ModelVersion): AgentEvidence {
  if (!isAgentVersion(version)) throw wrongKind(version, 'no agent');
  return whole(version, { ...commonEvidence(version), policy: recordIn(version, tagKeys.policy) }) as AgentEvidence;
}

function commonEvidence(version: ModelVersion): Record<string, unknown> {
  return {
    modelType: version.tags[tagKeys.modelType],
    digest: version.tags[tagKeys.digest],
    signature: recordIn(version, tagKeys.signature),
    metrics: recordIn(version, tagKeys.metrics),
    dataFingerprint: version.tags[tagKeys.dataFingerprint],
  };
}

function whole(version: ModelVersion, evidence: unknown): unknown {
  const missing = missingEvidence(evidence as Partial<VersionEvidence>);
  if (missing.length === 0) return evidence;
  throw evidenceMissing(`read the evidence of version ${version.version} of "${version.name}"`, missing);
}

function wrongKind({ name, version, tags }: ModelVersion, kind: string): RegistryError {
  const modelType = tags[tagKeys.modelType] ?? 'unknown';
  return new RegistryError(
    `Cannot use version ${version} of "${name}" here: it is ${kind} (type "${modelType}"); name a version of the other kind`,
    { code: 'REGISTRY_WRONG_KIND', details: { name, version, modelType } },
  );
}

function recordIn(version: ModelVersion, key: string): unknown {
  const value = readJsonTag(version, key);
  if (value !== undefined && !isRecord(value)) throw unreadableTag(version, key);
  return value;
}

function evidenceMissing(action: string, missing: readonly string[]): RegistryError {
  return new RegistryError(
    `Cannot ${action}: missing ${missing.join(', ')}; register a version that a training run made`,
    { code: 'REGISTRY_EVIDENCE_MISSING', details: { missing } },
  );
}
