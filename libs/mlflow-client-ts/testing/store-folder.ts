import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createFileCache } from '../src/fs/file-cache.js';
import { createStoreFiles } from '../src/fs/store-files.js';
import { createHomes } from '../src/file-store/homes.js';
import { createLocks } from '../src/file-store/locks.js';
import { newRunMeta, statusNumber } from '../src/file-store/run-meta.js';
import type { StoreContext } from '../src/file-store/store-context.js';
import type { RunStatus } from '../src/api/runs.js';
import { writeYaml } from '../src/yaml/write-yaml.js';

/** A run as a test wants it on disk. */
export interface PlantedRun {
  readonly runId: string;
  readonly runName?: string;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly status?: RunStatus;
  readonly lifecycleStage?: string;
  /** Key to the text of its file. */
  readonly metrics?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** The parts of a file store on a folder, without fsync. */
export function storeContext(root: string): StoreContext {
  const files = createStoreFiles({ fsync: false });
  const now = Date.now;
  return { root, files, cache: createFileCache(), locks: createLocks({ root, files }), homes: createHomes(), now };
}

/** Writes an experiment as any program might, past the store. */
export function plantExperiment(root: string, experimentId: string): void {
  const meta = {
    experiment_id: experimentId,
    name: `e${experimentId}`,
    lifecycle_stage: 'active',
    artifact_location: '',
  };
  writeFile(join(root, experimentId, 'meta.yaml'), writeYaml(meta));
}

/** Writes a run as any program might, past the store. */
export function plantRun(root: string, experimentId: string, run: PlantedRun): void {
  const path = join(root, experimentId, run.runId);
  const { runName = '', startTime = 1, endTime = null, status = 'RUNNING', lifecycleStage = 'active' } = run;
  const artifactUri = `file://${path}/artifacts`;
  const meta = newRunMeta({ runId: run.runId, runName, experimentId, startTime, artifactUri, userId: 'u' });
  const changes = { end_time: endTime, status: statusNumber(status), lifecycle_stage: lifecycleStage };
  writeFile(join(path, 'meta.yaml'), writeYaml({ ...meta, ...changes }));
  for (const kind of ['metrics', 'params', 'tags'] as const) {
    for (const [key, text] of Object.entries(run[kind] ?? {})) writeFile(join(path, kind, key), text);
  }
}

function writeFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
