import { RegistryError } from './errors.js';
import type { ModelStage } from './model-version.js';

/** How one version is named: by number, by alias, or by stage. There is no "newest". */
export type VersionSelector =
  { readonly version: string } | { readonly alias: string } | { readonly stage: ModelStage };

/** A `models:/` address, taken apart. */
export interface ModelUri {
  readonly name: string;
  readonly selector: VersionSelector;
}

const stages: readonly ModelStage[] = ['None', 'Staging', 'Production', 'Archived'];
const byAlias = /^models:\/([^/@:]+)@([\w-]+)$/;
const byPart = /^models:\/([^/@:]+)\/([^/@]+)$/;

/**
 * Takes `models:/name/3`, `models:/name@production` or `models:/name/Production` apart. Stages may be in any case, as in
 * MLflow. `models:/name/latest` is refused: a deployment names the version it means.
 *
 * @throws RegistryError `REGISTRY_INVALID_URI`
 *
 * @example
 * ```ts
 * import { parseModelUri } from '@i-drill/registry';
 * parseModelUri('models:/bit-life/3'); // => { name: 'bit-life', selector: { version: '3' } }
 * parseModelUri('models:/bit-life@production'); // => { name: 'bit-life', selector: { alias: 'production' } }
 * ```
 */
export function parseModelUri(uri: string): ModelUri {
  const alias = byAlias.exec(uri);
  if (alias?.[1] !== undefined && alias[2] !== undefined) return { name: alias[1], selector: { alias: alias[2] } };

  const part = byPart.exec(uri);
  const selector = part?.[2] === undefined ? undefined : selectorOf(part[2]);
  if (part?.[1] === undefined || selector === undefined) throw invalidUri(uri);
  return { name: part[1], selector };
}

function selectorOf(part: string): VersionSelector | undefined {
  if (/^[1-9]\d*$/.test(part)) return { version: part };
  const stage = stages.find((s) => s.toLowerCase() === part.toLowerCase());
  return stage === undefined ? undefined : { stage };
}

function invalidUri(uri: string): RegistryError {
  return new RegistryError(
    `Cannot read the model address "${uri}": it names no version; write models:/name/3, models:/name@alias or models:/name/Production`,
    { code: 'REGISTRY_INVALID_URI', details: { uri } },
  );
}
