import type { AgentEvidence, VersionEvidence } from './evidence.js';
import { evidenceTags } from './evidence-tags.js';
import type { ModelVersion } from './model-version.js';
import type { VersionStore } from './version-store.js';

/** What is to be registered. */
export interface Registration {
  readonly name: string;
  readonly runId: string;
  /** Where the artifact lies, for example `runs:/<run id>/model`. */
  readonly source: string;
  readonly evidence: Partial<VersionEvidence> | Partial<AgentEvidence>;
  readonly description?: string;
}

/**
 * Registers a version with its evidence, in stage None. A refusal leaves the store as it was.
 *
 * @throws RegistryError `REGISTRY_EVIDENCE_MISSING`, naming every missing part; `REGISTRY_EVIDENCE_TOO_LONG`
 *
 * @example
 * ```ts
 * import { registerVersion } from '@i-drill/registry';
 * import { exampleEvidence, InMemoryVersionStore } from '@i-drill/registry/testing';
 * const registration = { name: 'bit-life', runId: 'r1', source: 'runs:/r1/model', evidence: exampleEvidence() };
 * (await registerVersion(new InMemoryVersionStore(), registration)).version; // => '1'
 * ```
 */
export async function registerVersion(store: VersionStore, registration: Registration): Promise<ModelVersion> {
  const { name, runId, source, evidence, description } = registration;
  const tags = evidenceTags(name, evidence);
  await store.ensureRegisteredModel(name);
  return store.createModelVersion({
    name,
    runId,
    source,
    tags,
    ...(description === undefined ? {} : { description }),
  });
}
