import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { CreateLoggedModel, LoggedModel } from '../api/logged-models.js';
import { uriBelow } from './artifact-uri.js';
import { artifactLocationOf, openExperiment } from './experiment-folder.js';
import { loggedModelFolder } from './layout.js';
import { modelStatusNumbers, readLoggedModel } from './logged-model-folder.js';
import { makeInExperiment } from './make-in-experiment.js';
import { writeMeta } from './meta.js';
import type { StoreContext } from './store-context.js';
import { writeValues } from './value-files.js';

/** Makes a logged model. Nobody knows its folder before its description, which comes last, so that no lock is needed. */
export async function createLoggedModel(
  context: StoreContext,
  { experimentId, params = {}, tags = {}, ...model }: CreateLoggedModel,
): Promise<LoggedModel> {
  const { files, homes } = context;
  const experiment = openExperiment(context, experimentId);
  const modelId = `m-${randomUUID().replaceAll('-', '')}`;
  const path = loggedModelFolder(experiment.path, modelId);
  const time = context.now();
  const meta = {
    artifact_location: uriBelow(artifactLocationOf(experiment), 'models', modelId, 'artifacts'),
    creation_timestamp: time,
    experiment_id: experimentId,
    last_updated_timestamp: time,
    lifecycle_stage: 'active',
    model_id: modelId,
    model_type: model.modelType ?? null,
    name: model.name ?? `model-${modelId.slice(2, 10)}`,
    source_run_id: model.sourceRunId ?? null,
    status: modelStatusNumbers.PENDING,
    status_message: null,
  };
  await makeInExperiment(context, experiment, path, async () => {
    await files.makeFolder(join(path, 'metrics'));
    await files.makeFolder(join(path, 'params'));
    await writeValues(files, path, 'params', Object.entries(params));
    await writeValues(files, path, 'tags', Object.entries(tags));
    await writeMeta(files, path, meta);
  });
  await files.settled();
  homes.set(modelId, experiment.path);
  return readLoggedModel({ path, meta });
}
