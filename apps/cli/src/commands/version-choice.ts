import { resolveVersion, type ModelVersion, type VersionSelector } from '@i-drill/registry';
import type { CommandContext } from '../context.js';

/** Flags that name one registered version. */
export interface VersionFlags {
  readonly modelName: string;
  readonly modelVersion?: string;
  readonly alias?: string;
}

/** The version the flags name, or the one the fallback names. */
export function chosenVersion(
  { store }: CommandContext,
  flags: VersionFlags,
  fallback: VersionSelector,
): Promise<ModelVersion> {
  return resolveVersion(store, flags.modelName, selectorOf(flags) ?? fallback);
}

function selectorOf({ modelVersion, alias }: VersionFlags): VersionSelector | undefined {
  if (modelVersion !== undefined) return { version: modelVersion };
  return alias === undefined ? undefined : { alias };
}
