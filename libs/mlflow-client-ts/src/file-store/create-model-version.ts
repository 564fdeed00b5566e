import type { CreateModelVersion } from '../api/model-versions.js';
import { temporaryPath } from '../fs/store-files.js';
import { addToListTag } from './list-tag.js';
import { changeLoggedModel } from './logged-models.js';
import { writeMeta } from './meta.js';
import { versionFolder, versionNumbers } from './model-version-folder.js';
import { changeModel, openModel, type ModelOnDisk } from './registered-model-folder.js';
import type { StoreContext } from './store-context.js';
import { writeValues } from './value-files.js';
import { followSource, type VersionSource } from './version-source.js';

const versionsTag = 'mlflow.modelVersions';

/** Registers the next version; its number. A logged model is told of its versions, as a server does. */
export async function createVersion(context: StoreContext, created: CreateModelVersion): Promise<string> {
  openModel(context, created.name); // before its source is followed: of two faults a server names this one
  const source = followSource(context, created);
  const version = await changeModel(context, created.name, (model) =>
    writeVersion(context, model, { created, source }),
  );
  if (source.modelId !== undefined) {
    const entry = { name: created.name, version: Number(version) };
    await changeLoggedModel(context, source.modelId, ({ path }) =>
      addToListTag(context.files, path, versionsTag, entry),
    );
  }
  return version;
}

interface NewVersion {
  readonly created: CreateModelVersion;
  readonly source: VersionSource;
}

/** It appears with its tags, by rename, or not at all. */
async function writeVersion(
  { files, now }: StoreContext,
  model: ModelOnDisk,
  { created, source }: NewVersion,
): Promise<string> {
  const version = String((versionNumbers(model)[0] ?? 0) + 1);
  const unfinished = temporaryPath(model.path);
  const time = now();
  await writeMeta(files, unfinished, {
    creation_timestamp: time,
    current_stage: 'None',
    description: created.description ?? null,
    last_updated_timestamp: time,
    model_id: source.modelId ?? null,
    name: model.name,
    run_id: source.runId ?? null,
    run_link: null,
    source: source.source,
    status: 'READY',
    status_message: null,
    storage_location: source.storageLocation,
    user_id: null,
    version: Number(version),
  });
  await writeValues(files, unfinished, 'tags', Object.entries(created.tags ?? {}));
  await files.rename(unfinished, versionFolder(model, version));
  return version;
}
