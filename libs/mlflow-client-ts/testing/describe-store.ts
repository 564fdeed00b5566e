import type { ArtifactOwner } from '../src/api/artifacts.js';
import type { LoggedModel } from '../src/api/logged-models.js';
import type { MlflowClient } from '../src/api/mlflow-client.js';
import type { ModelVersion } from '../src/api/model-versions.js';
import type { Run } from '../src/api/runs.js';

/** Everything in a store, with names in place of the ids and times that a store makes up. */
export async function describeStore(client: MlflowClient): Promise<unknown> {
  const experiments = await client.searchExperiments({ viewType: 'ALL', orderBy: ['name ASC'] }).all();
  const { hasLoggedModels } = await client.capabilities();
  const names = new Map<string, string>();
  const described = [];
  for (const { experimentId, name, tags, lifecycleStage } of experiments) {
    const found = await client.searchRuns({ experimentIds: [experimentId], viewType: 'ALL' }).all();
    const runs = await Promise.all(found.map(({ runId }) => client.getRun(runId))); // a search leaves some inputs out
    const models = hasLoggedModels ? await client.searchLoggedModels({ experimentIds: [experimentId] }).all() : [];
    for (const run of runs) names.set(run.runId, `<${run.runName}>`);
    for (const model of models) names.set(model.modelId, `<${model.name}>`);
    described.push({
      name,
      tags,
      lifecycleStage,
      runs: await describeRuns(client, runs),
      models: await describeModels(client, models),
    });
  }
  const registry = await describeRegistry(client);
  return JSON.parse(withNames(JSON.stringify({ described, registry }, spellNumbers), names)) as unknown;
}

function withNames(text: string, names: ReadonlyMap<string, string>): string {
  const replaced = [...names].reduce((all, [id, name]) => all.replaceAll(id, name), text);
  return replaced.replace(/offline-[0-9a-f-]{36}/g, '<OFFLINE>');
}

function spellNumbers(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

async function describeRuns(client: MlflowClient, runs: readonly Run[]): Promise<unknown[]> {
  const described = runs.map(async (run) => {
    const {
      runId,
      runName,
      status,
      startTime,
      endTime,
      lifecycleStage,
      params,
      metrics,
      inputs,
      modelInputs,
      modelOutputs,
    } = run;
    const histories: Record<string, unknown> = {};
    for (const key of Object.keys(metrics).sort()) {
      const points = await client.pageMetricHistory(runId, key).all();
      histories[key] = points
        .map(({ step, timestamp, value, modelId }) => ({ step, timestamp, value, modelId }))
        .sort((a, b) => a.step - b.step || a.timestamp - b.timestamp);
    }
    const tags = sorted(withoutOwn(run.tags));
    const files = lifecycleStage === 'deleted' ? [] : await describeFiles(client, { runId });
    return {
      runName,
      status,
      startTime,
      endTime,
      lifecycleStage,
      params: sorted(params),
      tags,
      histories,
      inputs,
      modelInputs,
      modelOutputs,
      files,
    };
  });
  const done = await Promise.all(described);
  return done.sort((a, b) => (a.runName < b.runName ? -1 : 1));
}

// What a replay adds to find its own again is left out.
function withoutOwn(tags: Readonly<Record<string, string>>): Record<string, unknown> {
  const kept = Object.entries(tags).filter(([key]) => !key.startsWith('mlflow-client-ts.'));
  return Object.fromEntries(kept.map(([key, value]) => [key, readJson(value)]));
}

// The order and the spaces of JSON are the writer's.
function readJson(text: string): unknown {
  try {
    const isId = (key: string): boolean => key === 'model_uuid';
    return JSON.parse(text, (key, value: unknown) => (isId(key) ? '<UUID>' : value)) as unknown;
  } catch {
    return text;
  }
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function describeModels(client: MlflowClient, models: readonly LoggedModel[]): Promise<unknown[]> {
  const described = models.map(async ({ modelId, name, status, modelType, sourceRunId, tags, params, metrics }) => {
    const points = metrics.map(({ key, value, step, timestamp, datasetName, datasetDigest }) => ({
      key,
      value,
      step,
      timestamp,
      datasetName,
      datasetDigest,
    }));
    return {
      name,
      status,
      modelType,
      sourceRunId,
      tags: sorted(withoutOwn(tags)),
      params: sorted(params),
      points,
      files: await describeFiles(client, { modelId }),
    };
  });
  return (await Promise.all(described)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function describeFiles(client: MlflowClient, owner: ArtifactOwner): Promise<unknown> {
  const artifacts = client.artifacts(owner);
  const files: Record<string, string> = {};
  const visit = async (folder: string | undefined): Promise<void> => {
    for (const { path, isDirectory } of await artifacts.list(folder)) {
      if (isDirectory) await visit(path);
      else
        files[path] = path.endsWith('MLmodel')
          ? describeMlmodel(await artifacts.download(path))
          : Buffer.from(await artifacts.download(path)).toString('base64');
    }
  };
  await visit(undefined);
  return sorted(files);
}

function describeMlmodel(content: Uint8Array): string {
  return Buffer.from(content)
    .toString()
    .replace(/"artifact_path": "[a-z-]+:.*"/, '"artifact_path": "<PATH>"')
    .replace(/"model_uuid": "[0-9a-f]{32}"/, '"model_uuid": "<UUID>"');
}

async function describeRegistry(client: MlflowClient): Promise<unknown[]> {
  const models = await client.searchRegisteredModels().all();
  return Promise.all(
    models.map(async ({ name, description, tags, aliases }) => ({
      name,
      description,
      tags: sorted(withoutOwn(tags)),
      aliases: sorted(aliases),
      versions: (await client.listModelVersions(name)).map(describeVersion),
    })),
  );
}

function describeVersion({ version, currentStage, source, runId, description, tags, aliases }: ModelVersion): unknown {
  return { version, currentStage, source, runId, description, tags: sorted(withoutOwn(tags)), aliases };
}
