import { createHash } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DatasetInput } from '../api/runs.js';
import { metaText, readMeta, writeMeta, type Meta } from './meta.js';
import { orIfMissing } from '../fs/missing-file.js';

const contextTag = 'mlflow.data.context';

/** Notes that a dataset went into a run. A second note of the same dataset changes nothing. */
export async function writeDataset(runFolder: string, runId: string, dataset: DatasetInput): Promise<void> {
  const datasetId = md5(dataset.name + dataset.digest);
  const datasetFolder = join(dirname(runFolder), 'datasets', datasetId);
  if ((await readMeta(datasetFolder)) === undefined) {
    await mkdir(datasetFolder, { recursive: true });
    await writeMeta(datasetFolder, {
      digest: dataset.digest,
      name: dataset.name,
      profile: dataset.profile ?? null,
      schema: dataset.schema ?? null,
      source: dataset.source,
      source_type: dataset.sourceType,
    });
  }
  const inputFolder = join(runFolder, 'inputs', md5(datasetId + runId));
  if ((await readMeta(inputFolder)) !== undefined) return;
  await mkdir(inputFolder, { recursive: true });
  await writeMeta(inputFolder, {
    destination_id: datasetId, // MLflow repeats the source here
    destination_type: 'RUN',
    source_id: datasetId,
    source_type: 'DATASET',
    tags: dataset.context === undefined ? {} : { [contextTag]: dataset.context },
  });
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** The datasets of a run, by name. */
export async function readDatasets(runFolder: string): Promise<DatasetInput[]> {
  const inputs = join(runFolder, 'inputs');
  const names = await orIfMissing(readdir(inputs), []);
  const found = await Promise.all(names.map((name) => readDataset(runFolder, join(inputs, name))));
  return found.filter((each): each is DatasetInput => each !== undefined).sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function readDataset(runFolder: string, inputFolder: string): Promise<DatasetInput | undefined> {
  const input = await readMeta(inputFolder);
  if (input === undefined || metaText(input, 'source_type') !== 'DATASET') return undefined;
  const dataset = await readMeta(join(dirname(runFolder), 'datasets', metaText(input, 'source_id')));
  return dataset === undefined ? undefined : toDatasetInput(dataset, (input['tags'] ?? {}) as Meta);
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
