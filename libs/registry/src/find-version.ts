import type { ModelVersionRef } from '@i-drill/core';
import { RegistryError } from './errors.js';
import type { ModelVersion } from './model-version.js';

/** The error for a version that is not there; it lists those that are. */
export function versionMissing(name: string, wanted: string, existing: readonly ModelVersion[]): RegistryError {
  const known =
    existing.length === 0
      ? 'no version is registered under this name; register one first'
      : `there are ${existing.map(describeVersion).join(', ')}; name one of them`;
  return new RegistryError(`Cannot find ${wanted} of "${name}": ${known}`, {
    code: 'REGISTRY_VERSION_MISSING',
    details: { name, wanted, existing: existing.map((v) => v.version) },
  });
}

/** A version with its stage and aliases, for a reader. */
export function describeVersion({ version, currentStage, aliases }: ModelVersion): string {
  const names = aliases.map((alias) => ` @${alias}`).join('');
  return `version ${version} (${currentStage}${names})`;
}

/** The version `ref` names among `versions`. */
export function pickVersion(versions: readonly ModelVersion[], ref: ModelVersionRef): ModelVersion {
  const found = versions.find((v) => v.version === ref.version);
  if (found === undefined) throw versionMissing(ref.name, `version ${ref.version}`, versions);
  return found;
}
