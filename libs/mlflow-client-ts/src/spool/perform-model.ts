import { createHash } from 'node:crypto';
import type { MlflowClient } from '../api/mlflow-client.js';
import type { ArtifactRepository } from '../api/artifacts.js';
import type { ModelVersion } from '../api/model-versions.js';
import type { MlmodelJson } from '../model/mlmodel.js';
import { writeYaml } from '../yaml/write-yaml.js';
import { blobFile } from './blobs.js';
import type { LogModelOperation } from './operation.js';
import { isRecorded } from './recorded-models.js';
import type { RunTarget } from './replay-target.js';
import type { OperationResult } from './run-log.js';

/** The tag by which a logged model or a version is found again when it is not known whether the store made it. */
const operationTag = 'mlflow-client-ts.spoolOperation';

/** Logs a model: as one of MLflow 3 where the store has those, else among the artifacts of the run. Every step can be repeated. */
export async function performLogModel(target: RunTarget, operation: LogModelOperation): Promise<OperationResult> {
  const { hasLoggedModels } = await target.client.capabilities();
  const asModel = hasLoggedModels && operation.layout !== 'runArtifacts';
  return asModel ? logAsModel(target, operation) : logAsArtifact(target, operation);
}

async function logAsModel(target: RunTarget, operation: LogModelOperation): Promise<OperationResult> {
  const { client, runId } = target;
  const modelId = target.state.modelIds[target.seq] ?? (await findOrCreate(target, operation));
  await addOutput(target, modelId, operation.step ?? 0);
  const { artifactUri } = await client.getLoggedModel(modelId);
  const mlmodel = { ...operation.mlmodel, artifact_path: artifactUri, model_id: modelId, model_uuid: modelId };
  await uploadFiles(target, operation, { to: client.artifacts({ modelId }), mlmodel: { ...mlmodel, run_id: runId } });
  await client.finalizeLoggedModel(modelId, 'READY');
  const version = await register(target, operation, { source: `models:/${modelId}`, modelId });
  return { modelId, ...(version !== undefined && { version }) };
}

async function findOrCreate(target: RunTarget, { name, modelType }: LogModelOperation): Promise<string> {
  const { client, runId, state, seq } = target;
  const experimentId = state.experimentId ?? (await client.getRun(runId)).experimentId;
  const tags = { [operationTag]: operationName(target) };
  const filter = `tags.\`${operationTag}\` = '${operationName(target)}'`;
  const known = target.isUncertain
    ? await client.searchLoggedModels({ experimentIds: [experimentId], filter }).all(1)
    : [];
  const type = modelType !== undefined && { modelType };
  const modelId =
    known[0]?.modelId ??
    (await client.createLoggedModel({ experimentId, name, sourceRunId: runId, tags, ...type })).modelId;
  await target.note({ modelIds: { ...state.modelIds, [seq]: modelId } });
  return modelId;
}

async function addOutput({ client, runId, isUncertain }: RunTarget, modelId: string, step: number): Promise<void> {
  const known = isUncertain ? (await client.getRun(runId)).modelOutputs : [];
  if (!known.some((each) => each.modelId === modelId)) await client.logOutputs(runId, [{ modelId, step }]);
}

/** The way of MLflow 2: files among the artifacts of the run, and the model in the run's list. */
async function logAsArtifact(target: RunTarget, operation: LogModelOperation): Promise<OperationResult> {
  const { client, runId } = target;
  const uuid = createHash('sha256').update(operationName(target)).digest('hex').slice(0, 32);
  const ids = { artifact_path: operation.name, run_id: runId, model_uuid: uuid };
  const mlmodel = { ...operation.mlmodel, ...ids } as MlmodelJson;
  await uploadFiles(target, operation, { to: client.artifacts({ runId }), below: operation.name, mlmodel });
  if (!(await isRecorded(target, uuid))) await client.recordModel(runId, mlmodel);
  const version = await register(target, operation, { source: `runs:/${runId}/${operation.name}` });
  return version === undefined ? {} : { version };
}

interface Destination {
  readonly to: ArtifactRepository;
  /** @default the root */
  readonly below?: string;
  readonly mlmodel: Readonly<Record<string, unknown>>;
}

async function uploadFiles(
  { paths, seq }: RunTarget,
  { files }: LogModelOperation,
  { to, below, mlmodel }: Destination,
): Promise<void> {
  const place = (path: string): string => (below === undefined ? path : `${below}/${path}`);
  for (const [path, blob] of Object.entries(files)) await to.uploadFile(place(path), blobFile(paths, seq, blob));
  await to.upload(place('MLmodel'), writeYaml(mlmodel as MlmodelJson));
}

interface Registered {
  readonly source: string;
  readonly modelId?: string;
}

async function register(
  target: RunTarget,
  { register: wanted }: LogModelOperation,
  model: Registered,
): Promise<ModelVersion | undefined> {
  if (wanted === undefined) return undefined;
  const { client, runId } = target;
  const { name, description, tags, aliases = [] } = wanted;
  await client.ensureRegisteredModel(name);
  const operation = operationName(target);
  const known = target.isUncertain ? await findVersion(client, name, operation) : undefined;
  const details = { ...(description !== undefined && { description }), tags: { ...tags, [operationTag]: operation } };
  const version = known ?? (await client.createModelVersion({ name, runId, ...model, ...details }));
  for (const alias of aliases) await client.setRegisteredModelAlias(name, alias, version.version);
  return { ...version, aliases: [...new Set([...version.aliases, ...aliases])].sort() };
}

async function findVersion(client: MlflowClient, name: string, operation: string): Promise<ModelVersion | undefined> {
  const versions = await client.listModelVersions(name);
  return versions.find(({ tags }) => tags[operationTag] === operation);
}

function operationName({ paths, seq }: RunTarget): string {
  return `${paths.spoolId}/${seq}`;
}
