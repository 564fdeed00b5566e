import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { DatasetInput, Run } from '../api/runs.js';
import type { StoreFiles } from '../fs/store-files.js';
import { makeEntry } from './folder-entry.js';
import { listFolders } from './list-folders.js';
import { metaText, readMetaSync, type Meta } from './meta.js';
import type { RunFolder } from './run-folder.js';

const contextTag = 'mlflow.data.context';

/** What went into a run. */
export type RunInputs = Pick<Run, 'inputs' | 'modelInputs'>;

/** Notes that a dataset went into a run, under its lock. A second note of the same dataset changes nothing. */
export async function writeDatasetInput(files: StoreFiles, run: RunFolder, dataset: DatasetInput): Promise<void> {
  const datasetId = md5(dataset.name + dataset.digest);
  const datasets = join(run.experimentPath, 'datasets');
  const datasetMeta = {
    digest: dataset.digest,
    name: dataset.name,
    profile: dataset.profile ?? null,
    schema: dataset.schema ?? null,
    source: dataset.source,
    source_type: dataset.sourceType,
  };
  await makeEntry(files, join(datasets, datasetId), datasetMeta, datasets);
  const tags = dataset.context === undefined ? {} : { [contextTag]: dataset.context };
  await writeInput(files, run, { type: 'DATASET', id: datasetId, tags });
}

/** Notes that a logged model went into a run, under its lock. */
export async function writeModelInput(files: StoreFiles, run: RunFolder, modelId: string): Promise<void> {
  await writeInput(files, run, { type: 'MODEL', id: modelId, tags: {} });
}

interface Input {
  readonly type: 'DATASET' | 'MODEL';
  readonly id: string;
  readonly tags: Meta;
}

async function writeInput(files: StoreFiles, { path, meta }: RunFolder, { type, id, tags }: Input): Promise<void> {
  const inputMeta = {
    destination_id: id, // MLflow repeats the source here
    destination_type: 'RUN',
    source_id: id,
    source_type: type,
    tags,
  };
  await makeEntry(files, join(path, 'inputs', md5(id + metaText(meta, 'run_id'))), inputMeta, path);
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** The datasets of a run by name, and its models by id. */
export function readInputs({ path, experimentPath }: Pick<RunFolder, 'path' | 'experimentPath'>): RunInputs {
  const found = listFolders(join(path, 'inputs'))
    .map((name) => readMetaSync(join(path, 'inputs', name)))
    .filter((input) => input !== undefined);
  const datasets = found.filter((input) => metaText(input, 'source_type') === 'DATASET');
  const models = found.filter((input) => metaText(input, 'source_type') === 'MODEL');
  return {
    inputs: datasets
      .map((input) => readDataset(experimentPath, input))
      .filter((each) => each !== undefined)
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    modelInputs: models.map((input) => metaText(input, 'source_id')).sort(),
  };
}

function readDataset(experimentPath: string, input: Meta): DatasetInput | undefined {
  const dataset = readMetaSync(join(experimentPath, 'datasets', metaText(input, 'source_id')));
  return dataset && toDatasetInput(dataset, (input['tags'] ?? {}) as Meta);
}

function toDatasetInput(dataset: Meta, tags: Meta): DatasetInput {
  const schema = metaText(dataset, 'schema');
  const profile = metaText(dataset, 'profile');
  const context = metaText(tags, contextTag);
  return {
    name: metaText(dataset, 'name'),
    digest: metaText(dataset, 'digest'),
    sourceType: metaText(dataset, 'source_type'),
    source: metaText(dataset, 'source'),
    ...(schema !== '' && { schema }),
    ...(profile !== '' && { profile }),
    ...(context !== '' && { context }),
  };
}
