import type { RegisteredModel } from '../api/registered-models.js';
import { exportVersion, isStandIn, versionsThere } from './export-versions.js';
import { originTags, type ExportContext } from './export-context.js';

/** Brings every registered model with its versions. */
export async function exportRegistry(context: ExportContext): Promise<void> {
  for await (const model of context.from.searchRegisteredModels()) {
    await context.recorder.attempt(`registered model "${model.name}"`, () => exportRegisteredModel(context, model));
  }
}

async function exportRegisteredModel(context: ExportContext, source: RegisteredModel): Promise<void> {
  const { from, to, recorder } = context;
  const { name } = source;
  const present = await to.listModelVersions(name);
  const foreign = present.find(({ tags }) => tags[originTags.version] === undefined);
  if (foreign !== undefined) {
    recorder.problem(
      `registered model "${name}"`,
      `the store has version ${foreign.version} of that name from elsewhere; rename or delete one of the two models`,
    );
    return;
  }
  await makeModel(context, source);
  const versions = (await from.listModelVersions(name)).sort((a, b) => Number(a.version) - Number(b.version));
  const there = versionsThere(present);
  for (const version of versions) {
    await recorder.attempt(`version ${version.version} of model "${name}"`, () =>
      exportVersion(context, version, there),
    );
  }
  await deleteStandIns(context, name);
  await setAliases(context, source);
}

async function makeModel({ to, recorder }: ExportContext, source: RegisteredModel): Promise<void> {
  const { name, description, tags } = source;
  const known = await to.findRegisteredModel(name);
  if (known === undefined) {
    await to.createRegisteredModel({ name, tags, ...(description !== '' && { description }) });
    recorder.add({ registeredModels: 1 });
    return;
  }
  if (known.description !== description) await to.updateRegisteredModel(name, description);
  for (const [key, value] of Object.entries(tags)) {
    if (known.tags[key] !== value) await to.setRegisteredModelTag(name, key, value);
  }
}

/** Only now: until then their numbers must be seen to be taken, also by an export that follows an interrupted one. */
async function deleteStandIns({ to }: ExportContext, name: string): Promise<void> {
  for (const version of await to.listModelVersions(name)) {
    if (isStandIn(version)) await to.deleteModelVersion(name, version.version);
  }
}

async function setAliases({ to }: ExportContext, { name, aliases }: RegisteredModel): Promise<void> {
  const known = (await to.findRegisteredModel(name))?.aliases ?? {};
  const versions = new Set((await to.listModelVersions(name)).map(({ version }) => version));
  for (const [alias, version] of Object.entries(aliases)) {
    if (known[alias] !== version && versions.has(version)) await to.setRegisteredModelAlias(name, alias, version);
  }
}
