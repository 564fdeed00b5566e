import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { orIfMissing } from '../fs/missing-file.js';

/** Where the parts of one spooled run lie. */
export interface SpoolPaths {
  readonly spoolId: string;
  readonly folder: string;
  /** One operation per line, only ever added to. */
  readonly journal: string;
  /** How much of the journal the store has. */
  readonly state: string;
  /** What the store refused, with the reason. */
  readonly rejected: string;
  /** Contents of files, by digest. */
  readonly blobs: string;
  /** Which process ships the journal. */
  readonly lock: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder of all spooled runs: as given, else MLFLOW_SPOOL_DIR, else `.mlflow-spool` in the working directory. */
export function resolveSpoolFolder(folder: string | undefined, env: Environment = process.env): string {
  const named = folder ?? env['MLFLOW_SPOOL_DIR'];
  return resolve(named === undefined || named === '' ? '.mlflow-spool' : named);
}

/** The parts of one run's spool. */
export function spoolPaths(root: string, spoolId: string): SpoolPaths {
  const folder = join(root, spoolId);
  return {
    spoolId,
    folder,
    journal: join(folder, 'journal.jsonl'),
    state: join(folder, 'state.json'),
    rejected: join(folder, 'rejected.jsonl'),
    blobs: join(folder, 'blobs'),
    lock: join(folder, 'owner.json'),
  };
}

/** Every run that is spooled in a folder, by name. */
export async function listSpools(root: string): Promise<SpoolPaths[]> {
  const entries = await orIfMissing(readdir(root, { withFileTypes: true }), []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names.sort().map((name) => spoolPaths(root, name));
}

/** The tracking URI in a form that means the same in every working directory. */
export function storeIdentity(trackingUri: string): string {
  if (/^https?:/i.test(trackingUri)) return trackingUri;
  const isUrl = /^file:\/\//i.test(trackingUri);
  const path = isUrl ? fileURLToPath(trackingUri) : decodeURIComponent(trackingUri.replace(/^file:/i, ''));
  return pathToFileURL(resolve(path)).href;
}
