import { join } from 'node:path';
import type { ModelOutput } from '../api/runs.js';
import type { StoreFiles } from '../fs/store-files.js';
import { makeEntry } from './folder-entry.js';
import { listFolders } from './list-folders.js';
import { metaNumber, metaText, readMetaSync } from './meta.js';

/** Notes that a run made a logged model, under its lock. A second note of the same model changes nothing. */
export async function writeOutput(files: StoreFiles, runPath: string, { modelId, step }: ModelOutput): Promise<void> {
  const meta = {
    destination_id: modelId, // MLflow repeats the source here
    destination_type: 'MODEL_OUTPUT',
    source_id: modelId,
    source_type: 'RUN_OUTPUT',
    step,
    tags: {},
  };
  await makeEntry(files, join(runPath, 'outputs', modelId), meta, runPath);
}

/** The logged models that a run made, by step, then id. */
export function readOutputs(runPath: string): ModelOutput[] {
  return listFolders(join(runPath, 'outputs'))
    .map((name) => readMetaSync(join(runPath, 'outputs', name)))
    .filter((meta) => meta !== undefined)
    .map((meta) => ({ modelId: metaText(meta, 'destination_id'), step: metaNumber(meta, 'step') }))
    .sort((a, b) => a.step - b.step || (a.modelId < b.modelId ? -1 : 1));
}
