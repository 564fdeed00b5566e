import { join } from 'node:path';
import type { ModelStage, ModelVersion } from '../api/model-versions.js';
import { notFound } from '../faults.js';
import { listFolders } from './list-folders.js';
import { metaNumber, metaText, readMetaSync, type Meta } from './meta.js';
import { readAliases, type ModelOnDisk } from './registered-model-folder.js';
import { readValuesSync } from './value-files.js';

const folderPattern = /^version-(\d+)$/;
const allStages: readonly ModelStage[] = ['None', 'Staging', 'Production', 'Archived'];

/** MLflow keeps deleted versions in this stage, so that no number is used twice. */
export const deletedStage = 'Deleted_Internal';

/** A model version on disk. */
export interface VersionOnDisk {
  readonly model: ModelOnDisk;
  readonly version: string;
  readonly path: string;
  readonly meta: Meta;
}

/** A version, or `undefined` when there is none; deleted ones are not found. */
export function findVersion(model: ModelOnDisk, version: string): VersionOnDisk | undefined {
  const path = versionFolder(model, version);
  const meta = readMetaSync(path);
  if (meta === undefined || metaText(meta, 'current_stage') === deletedStage) return undefined;
  return { model, version, path, meta };
}

/** A version that must be there. */
export function openVersion(model: ModelOnDisk, version: string): VersionOnDisk {
  const found = findVersion(model, version);
  if (found !== undefined) return found;
  const numbers = listVersions(model).map((each) => each.version);
  throw notFound(
    `Cannot find version ${version} of model "${model.name}": it has ${numbers.length === 0 ? 'no versions' : `the versions ${numbers.join(', ')}`}`,
    { name: model.name, version },
  );
}

/** Every version that is not deleted, highest number first. */
export function listVersions(model: ModelOnDisk): VersionOnDisk[] {
  return versionNumbers(model)
    .map((number) => findVersion(model, String(number)))
    .filter((version) => version !== undefined);
}

/** Every number that was ever given, highest first. */
export function versionNumbers({ path }: Pick<ModelOnDisk, 'path'>): number[] {
  return listFolders(path)
    .map((name) => Number(folderPattern.exec(name)?.[1] ?? NaN))
    .filter((number) => !Number.isNaN(number))
    .sort((a, b) => b - a);
}

/** Where a version lies. */
export function versionFolder({ path }: Pick<ModelOnDisk, 'path'>, version: string): string {
  return join(path, `version-${version}`);
}

/** Everything that is kept about a version. */
export function readVersion({ model, version, path, meta }: VersionOnDisk): ModelVersion {
  const aliases = Object.entries(readAliases(model.path));
  return {
    name: model.name,
    version,
    currentStage: metaText(meta, 'current_stage') as ModelStage,
    source: metaText(meta, 'source'),
    runId: metaText(meta, 'run_id'),
    status: metaText(meta, 'status') || 'READY',
    description: metaText(meta, 'description'),
    tags: readValuesSync(path, 'tags'),
    aliases: aliases.filter(([, target]) => target === version).map(([alias]) => alias),
    creationTimestamp: metaNumber(meta, 'creation_timestamp'),
    lastUpdatedTimestamp: metaNumber(meta, 'last_updated_timestamp'),
  };
}

/** The highest version in each of the stages that have one. */
export function latestVersions(model: ModelOnDisk, stages: readonly ModelStage[] = []): ModelVersion[] {
  const versions = listVersions(model);
  const wanted = allStages.filter((stage) => stages.length === 0 || stages.includes(stage));
  const latest = wanted.map((stage) => versions.find(({ meta }) => metaText(meta, 'current_stage') === stage));
  return latest.filter((version) => version !== undefined).map(readVersion);
}
