import { RegistryError } from './errors.js';
import { describeVersion, pickVersion, versionMissing } from './find-version.js';
import type { VersionSelector } from './model-uri.js';
import type { ModelStage, ModelVersion } from './model-version.js';
import type { VersionStore } from './version-store.js';

/**
 * The one version a number, an alias or a stage stands for. A stage that holds several versions stands for none of them.
 *
 * @throws RegistryError `REGISTRY_VERSION_MISSING`, listing what exists; `REGISTRY_VERSION_AMBIGUOUS`
 *
 * @example
 * ```ts
 * import { registerVersion, resolveVersion } from '@i-drill/registry';
 * import { exampleEvidence, InMemoryVersionStore } from '@i-drill/registry/testing';
 * const store = new InMemoryVersionStore();
 * await registerVersion(store, { name: 'bit-life', runId: 'r1', source: 'runs:/r1/model', evidence: exampleEvidence() });
 * (await resolveVersion(store, 'bit-life', { stage: 'None' })).version; // => '1'
 * ```
 */
export async function resolveVersion(
  store: VersionStore,
  name: string,
  selector: VersionSelector,
): Promise<ModelVersion> {
  if ('alias' in selector) return resolveAlias(store, name, selector.alias);

  const versions = await store.listModelVersions(name);
  return 'version' in selector
    ? pickVersion(versions, { name, version: selector.version })
    : onlyVersionIn(versions, name, selector.stage);
}

async function resolveAlias(store: VersionStore, name: string, alias: string): Promise<ModelVersion> {
  const found = await store.findModelVersionByAlias(name, alias);
  if (found === undefined) throw versionMissing(name, `alias "${alias}"`, await store.listModelVersions(name));
  return found;
}

function onlyVersionIn(versions: readonly ModelVersion[], name: string, stage: ModelStage): ModelVersion {
  const [first, ...others] = versions.filter((v) => v.currentStage === stage);
  if (first === undefined) throw versionMissing(name, `stage ${stage}`, versions);
  if (others.length > 0) throw ambiguous(name, stage, [first, ...others]);
  return first;
}

function ambiguous(name: string, stage: ModelStage, versions: readonly ModelVersion[]): RegistryError {
  return new RegistryError(
    `Cannot choose a version of "${name}": stage ${stage} holds ${versions.map(describeVersion).join(', ')}; name one by number or alias`,
    { code: 'REGISTRY_VERSION_AMBIGUOUS', details: { name, stage, versions: versions.map((v) => v.version) } },
  );
}
