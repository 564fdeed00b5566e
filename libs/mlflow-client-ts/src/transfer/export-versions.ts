import type { CreateModelVersion, ModelVersion } from '../api/model-versions.js';
import { invalidValue } from '../faults.js';
import { exportedTags, originTags, type ExportContext } from './export-context.js';

const standIn = 'stand-in';

/** Whether a version only takes the number of one that was deleted in the old store. */
export function isStandIn({ tags }: ModelVersion): boolean {
  return tags[originTags.version] === standIn;
}

/** What the new store has of a model when the export of its versions begins, and the last number it has given since. */
export interface VersionsThere {
  readonly present: readonly ModelVersion[];
  last: number;
}

/** The versions of a model before anything of them is brought. */
export function versionsThere(present: readonly ModelVersion[]): VersionsThere {
  return { present, last: Math.max(0, ...present.map(({ version }) => Number(version))) };
}

/**
 * Brings a version under its own number. A store numbers versions itself: where the old store has had versions that are deleted, the new one gives
 * their numbers to stand-ins first. Versions come in order of their numbers.
 */
export async function exportVersion(context: ExportContext, source: ModelVersion, there: VersionsThere): Promise<void> {
  const { to, recorder } = context;
  const origin = `${source.version}@${source.creationTimestamp}`;
  const known = there.present.find(({ tags }) => tags[originTags.version] === origin);
  if (known === undefined) {
    await takeNumbersBefore(context, source, there);
    there.last = await makeVersion(context, source, origin);
    recorder.tell('modelVersion', `${source.name} ${source.version}`);
  } else recorder.addPresent({ modelVersions: 1 });
  await setStage(context, source, known);
  if (known === undefined) return;
  for (const [key, value] of Object.entries(exportedTags(context, source.tags))) {
    if (known.tags[key] !== value) await to.setModelVersionTag(source.name, source.version, key, value);
  }
}

async function takeNumbersBefore(
  { to }: ExportContext,
  { name, version }: ModelVersion,
  there: VersionsThere,
): Promise<void> {
  while (there.last < Number(version) - 1) {
    const made = await to.createModelVersion({
      name,
      source: 'runs:/none/none',
      tags: { [originTags.version]: standIn },
    });
    there.last = Number(made.version);
  }
}

/** Its number, which is another one only where versions of that name were deleted in the new store, by somebody else. */
async function makeVersion(context: ExportContext, source: ModelVersion, origin: string): Promise<number> {
  const { to, recorder } = context;
  const { name, version } = source;
  const made = await to.createModelVersion(await describeVersion(context, source, origin));
  if (made.version === version) {
    recorder.add({ modelVersions: 1 });
    return Number(version);
  }
  await to.deleteModelVersion(name, made.version);
  throw invalidValue(
    `Cannot export version ${version} of model "${name}": the store gives it number ${made.version}, as it has had versions of that name; delete the model there, and export again`,
    { name, version },
  );
}

async function describeVersion(
  context: ExportContext,
  source: ModelVersion,
  origin: string,
): Promise<CreateModelVersion> {
  const { ids, recorder } = context;
  const { name, version, runId, description } = source;
  const newSource = await mapSource(context, source);
  const modelId = /^models:\/(m-[0-9a-f]{32})$/.exec(newSource)?.[1];
  if (runId !== '' && ids.get(runId) === undefined) {
    recorder.problem(`version ${version} of model "${name}"`, `its run "${runId}" is not exported; it keeps that id`);
  }
  return {
    name,
    source: newSource,
    tags: { ...exportedTags(context, source.tags), [originTags.version]: origin },
    ...(runId !== '' && { runId: ids.map(runId) }),
    ...(description !== '' && { description }),
    ...(modelId !== undefined && { modelId }),
  };
}

/** A source in the artifacts of the old run is named by the new run: a server takes no files of elsewhere. */
async function mapSource({ from, ids }: ExportContext, { source, runId }: ModelVersion): Promise<string> {
  const newRunId = ids.get(runId);
  if (newRunId === undefined || /^(runs|models):/.test(source)) return ids.map(source);
  const { artifactUri } = await from.getRun(runId);
  return source.startsWith(`${artifactUri}/`)
    ? `runs:/${newRunId}${source.slice(artifactUri.length)}`
    : ids.map(source);
}

async function setStage({ to }: ExportContext, source: ModelVersion, known: ModelVersion | undefined): Promise<void> {
  const { name, version, currentStage } = source;
  if (currentStage !== (known?.currentStage ?? 'None')) {
    await to.transitionModelVersionStage(name, version, currentStage, false);
  }
}
