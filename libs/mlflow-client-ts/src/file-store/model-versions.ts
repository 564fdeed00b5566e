import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { CreateModelVersion, ModelStage, ModelVersion } from '../api/model-versions.js';
import { notFound } from '../faults.js';
import { metaNumber, metaText, readMeta, writeMeta, type Meta } from './meta.js';
import { orIfMissing } from '../fs/missing-file.js';
import { readValues, writeValue } from './value-files.js';

const folderPattern = /^version-(\d+)$/;
const deletedStage = 'Deleted_Internal'; // MLflow keeps deleted versions, so that no number is used twice

/** A registered model and its folder. */
export interface ModelOnDisk {
  readonly name: string;
  readonly path: string;
  readonly now: () => number;
}

/** Where a version goes. */
export interface StageChange {
  readonly stage: ModelStage;
  readonly archiveExisting: boolean;
}

/** Creates the next version, under the lock of the model. It appears with its tags, by rename, or not at all. */
export async function createVersion(model: ModelOnDisk, created: CreateModelVersion): Promise<ModelVersion> {
  const version = String(Math.max(0, ...(await versionNumbers(model.path)).map(Number)) + 1);
  const unfinished = join(model.path, `.${randomUUID()}.tmp`);
  await mkdir(unfinished);
  const now = model.now();
  await writeMeta(unfinished, {
    creation_timestamp: now,
    current_stage: 'None',
    description: created.description ?? null,
    last_updated_timestamp: now,
    name: model.name,
    run_id: created.runId,
    run_link: null,
    source: created.source,
    status: 'READY',
    status_message: null,
    storage_location: created.source,
    user_id: null,
    version: Number(version),
  });
  for (const tag of Object.entries(created.tags ?? {})) await writeValue(unfinished, 'tags', tag);
  await rename(unfinished, folderOf(model, version));
  return readVersion(model, version);
}

/** A version; deleted ones are not found. */
export async function readVersion(model: ModelOnDisk, version: string): Promise<ModelVersion> {
  const found = await findVersion(model, version);
  if (found !== undefined) return found;
  const numbers = (await listVersions(model)).map((each) => each.version).join(', ');
  throw notFound(
    `Cannot find version ${version} of model "${model.name}": it has ${numbers === '' ? 'no versions' : `the versions ${numbers}`}`,
    { name: model.name, version },
  );
}

/** A version, or `undefined` when there is none. */
export async function findVersion(model: ModelOnDisk, version: string): Promise<ModelVersion | undefined> {
  const folder = folderOf(model, version);
  const meta = await readMeta(folder);
  if (meta === undefined || metaText(meta, 'current_stage') === deletedStage) return undefined;
  const aliases = Object.entries(await readValues(model.path, 'aliases'));
  return {
    name: model.name,
    version,
    currentStage: metaText(meta, 'current_stage') as ModelStage,
    source: metaText(meta, 'source'),
    runId: metaText(meta, 'run_id'),
    status: metaText(meta, 'status') || 'READY',
    description: metaText(meta, 'description'),
    tags: await readValues(folder, 'tags'),
    aliases: aliases.filter(([, target]) => target.trim() === version).map(([alias]) => alias),
    creationTimestamp: metaNumber(meta, 'creation_timestamp'),
    lastUpdatedTimestamp: metaNumber(meta, 'last_updated_timestamp'),
  };
}

/** Every version, highest number first. */
export async function listVersions(model: ModelOnDisk): Promise<ModelVersion[]> {
  const versions = (await versionNumbers(model.path)).map((version) => findVersion(model, version));
  return (await Promise.all(versions)).filter((each) => each !== undefined);
}

/**
 * Moves a version to a stage, under the lock of the model. It gets there before those that had the stage are archived: after a crash in
 * between there are two, never none.
 */
export async function moveToStage(
  model: ModelOnDisk,
  version: string,
  { stage, archiveExisting }: StageChange,
): Promise<ModelVersion> {
  await readVersion(model, version);
  await writeStage(model, version, stage);
  if (archiveExisting) {
    for (const other of await listVersions(model)) {
      const isReplaced = other.version !== version && other.currentStage === stage;
      if (isReplaced) await writeStage(model, other.version, 'Archived');
    }
  }
  return readVersion(model, version);
}

async function writeStage(model: ModelOnDisk, version: string, stage: ModelStage): Promise<void> {
  const folder = folderOf(model, version);
  const meta: Meta = (await readMeta(folder)) ?? {};
  await writeMeta(folder, { ...meta, current_stage: stage, last_updated_timestamp: model.now() });
}

function folderOf({ path }: ModelOnDisk, version: string): string {
  return join(path, `version-${version}`);
}

async function versionNumbers(path: string): Promise<string[]> {
  const names = await orIfMissing(readdir(path), []);
  return names
    .map((name) => folderPattern.exec(name)?.[1])
    .filter((version) => version !== undefined)
    .sort((a, b) => Number(b) - Number(a));
}
