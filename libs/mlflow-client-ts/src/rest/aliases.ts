import type { ModelVersion } from '../api/model-versions.js';
import { inParallel } from '../fs/in-parallel.js';
import type { RestContext } from './api.js';
import { findRegisteredModel } from './find-registered-model.js';

const modelsAtOnce = 8;

/** The versions with their aliases, which servers leave out of searches: each model is asked once. */
export async function withAliases(context: RestContext, versions: readonly ModelVersion[]): Promise<ModelVersion[]> {
  const aliasesOf = new Map<string, Readonly<Record<string, string>>>();
  await inParallel([...new Set(versions.map(({ name }) => name))], modelsAtOnce, async (name) => {
    aliasesOf.set(name, (await findRegisteredModel(context, name))?.aliases ?? {});
  });
  return versions.map((version) => ({ ...version, aliases: aliasesFor(aliasesOf.get(version.name) ?? {}, version) }));
}

function aliasesFor(aliases: Readonly<Record<string, string>>, { version }: ModelVersion): string[] {
  return Object.entries(aliases)
    .filter(([, target]) => target === version)
    .map(([alias]) => alias)
    .sort();
}
